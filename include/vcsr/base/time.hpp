// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// The time of a Loop: steady, in microseconds. It has no now(): only a Loop knows what
/// time it is, and a simulated Loop may run a day in a second.
struct LoopClock {
  using rep = std::int64_t;
  using period = std::micro;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<LoopClock>;
  static constexpr bool is_steady = true;
};

using Duration = LoopClock::duration;
using Timestamp = LoopClock::time_point;

/// A moment of the calendar, UTC, in microseconds; comes from Loop::wall_time().
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// RFC 3339 in UTC with milliseconds: "2026-11-22T09:30:00.250Z". Years 1 to 9999.
VCSR_EXPORT std::string to_string(WallTime time);

/// The same backwards. Throws Error(invalid) when the text is not such a time.
VCSR_EXPORT WallTime parse_wall_time(const std::string& text);

}  // namespace vcsr
