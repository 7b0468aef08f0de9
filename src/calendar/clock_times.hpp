// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

namespace vcsr {

/// From one time of day to another; `to` is beyond 24 hours where it is one of the next day.
struct Span {
  std::chrono::minutes from{}, to{};
};

/// "09:00-12:00,13:00-18:00"; empty where it is none.
std::vector<Span> parse_clock_times(std::string_view text);
/// "Mon-Fri,Sun", counted from Sunday; empty where it is none.
std::vector<unsigned> parse_weekdays(std::string_view text);

}  // namespace vcsr
