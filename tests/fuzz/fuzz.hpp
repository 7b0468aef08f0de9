// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "vcsr/base/error.hpp"

namespace vcsr::fuzz {

inline std::string_view text(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// What cannot be taken is refused with an Error that says something; anything else is a find.
template <class Work>
void taken_or_refused(Work work) {
  try {
    work();
  } catch (const Error& error) {
    VCSR_ASSERT(!std::string_view(error.what()).empty());
  }
}

/// The first line of what is left; takes it off.
inline std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(line.size() == rest.size() ? rest.size() : line.size() + 1);
  return line;
}

}  // namespace vcsr::fuzz
