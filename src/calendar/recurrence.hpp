// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace vcsr {

/// The days of a rule of RFC 5545, as OpeningHours::close() has it. Throws Error(invalid).
std::vector<std::chrono::sys_days> days_of_rule(std::string_view text);
/// The days of every event, as OpeningHours::close_events_of() has them. Throws Error(invalid).
std::vector<std::chrono::sys_days> days_of_calendar(const std::string& icalendar);

}  // namespace vcsr
