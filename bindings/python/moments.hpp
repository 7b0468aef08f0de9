// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "vcsr/base/time.hpp"

namespace vcsr::python {

/// Moments are texts in Python, "2026-01-31T09:00:00.000Z", as they are in journals.
inline std::optional<std::string> text_of(const std::optional<WallTime>& moment) {
  if (!moment) return std::nullopt;
  return to_string(*moment);
}

inline std::optional<WallTime> moment_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return parse_wall_time(*text);
}

}  // namespace vcsr::python
