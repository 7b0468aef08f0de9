// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/loop.hpp"

#include <algorithm>
#include <cstdio>

namespace vcsr {

Loop::~Loop() = default;

// RFC 9562 §5.7 with the counter of §6.2 method 3: 48 bits of milliseconds and 12 bits of
// their fraction, never less than the id before.
std::string Loop::new_id() {
  const auto microseconds = static_cast<std::uint64_t>(wall_time().time_since_epoch().count());
  const std::uint64_t time = ((microseconds / 1000) << 12) | ((microseconds % 1000) * 4);
  last_id_ = std::max(time, last_id_ + 1);
  const std::uint64_t noise = random();
  char text[37];
  std::snprintf(text, sizeof text, "%08llx-%04llx-7%03llx-%04llx-%012llx",
                static_cast<unsigned long long>(last_id_ >> 28),
                static_cast<unsigned long long>((last_id_ >> 12) & 0xffff),
                static_cast<unsigned long long>(last_id_ & 0xfff),
                static_cast<unsigned long long>(0x8000 | ((noise >> 48) & 0x3fff)),
                static_cast<unsigned long long>(noise & 0xffff'ffff'ffff));
  return text;
}

}  // namespace vcsr
