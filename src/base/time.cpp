// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/time.hpp"

#include <cstdio>

#include "vcsr/base/error.hpp"

namespace vcsr {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;

std::string to_string(WallTime time) {
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(floor<milliseconds>(time - day));
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

WallTime parse_wall_time(const std::string& text) {
  int year = 0, hour = 0, minute = 0, second = 0, millisecond = 0, used = 0;
  unsigned month = 0, day = 0;
  const int found = std::sscanf(text.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ%n", &year, &month, &day, &hour, &minute,
                                &second, &millisecond, &used);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  const bool in_range = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61;
  if (found != 7 || used != static_cast<int>(text.size()) || !date.ok() || !in_range || millisecond < 0)
    throw Error(Error::Code::invalid, "expected a time like 2026-11-22T09:30:00.250Z, got '" + text + "'");
  return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) + milliseconds(millisecond);
}

}  // namespace vcsr
