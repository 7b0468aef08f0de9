// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace vcsr {

/// Of an enumeration's values, from the first to the last, the one that to_string() calls so.
template <class Enum>
std::optional<Enum> named(std::string_view name, Enum last) {
  for (int value = 0; value <= static_cast<int>(last); ++value)
    if (name == to_string(static_cast<Enum>(value))) return static_cast<Enum>(value);
  return std::nullopt;
}

}  // namespace vcsr
