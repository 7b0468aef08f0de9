// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/loop.hpp"

#include <algorithm>

namespace vcsr {

namespace {

void append_hex(std::string& text, std::uint64_t number, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    text += "0123456789abcdef"[(number >> shift) & 0xf];
}

}  // namespace

Loop::~Loop() = default;

// RFC 9562 §5.7 with the counter of §6.2 method 3: 48 bits of milliseconds and 12 bits of
// their fraction, never less than the id before.
std::string Loop::new_id() {
  const auto microseconds = static_cast<std::uint64_t>(wall_time().time_since_epoch().count());
  const std::uint64_t time = ((microseconds / 1000) << 12) | ((microseconds % 1000) * 4);
  last_id_ = std::max(time, last_id_ + 1);
  const std::uint64_t noise = random();
  std::string text;
  text.reserve(36);
  append_hex(text, last_id_ >> 28, 8);
  append_hex(text += '-', last_id_ >> 12, 4);
  append_hex(text += "-7", last_id_, 3);
  append_hex(text += '-', 0x8000 | ((noise >> 48) & 0x3fff), 4);
  append_hex(text += '-', noise, 12);
  return text;
}

}  // namespace vcsr
