// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

// What entries of a journal and manifests hold; they were written by us, and what is not there is nothing.

/// "" where there is none.
inline std::string text_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found == facts.end() ? std::string() : found->second.text();
}

/// 0 where there is none.
inline std::int64_t number_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const auto* number = found == facts.end() ? nullptr : found->second.get_if<std::int64_t>();
  return number ? *number : 0;
}

/// Of seconds, whole or in parts.
inline Duration duration_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const double* fraction = found == facts.end() ? nullptr : found->second.get_if<double>();
  const double seconds = fraction ? *fraction : static_cast<double>(number_in(facts, name));
  return std::chrono::round<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace vcsr
