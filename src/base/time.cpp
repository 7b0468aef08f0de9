// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/time.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

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

namespace {

constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";

bool has_shape(std::string_view text) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

int number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  for (const char digit : text.substr(at, digits)) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

// A second of 60 is a leap second (RFC 3339 §5.6) and becomes the next minute.
WallTime parse_wall_time(const std::string& text) {
  const bool shaped = has_shape(text);
  const auto number = [&](std::size_t at, std::size_t digits) {
    return shaped ? number_at(text, at, digits) : 0;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  const std::chrono::hours hour(number(11, 2));
  const std::chrono::minutes minute(number(14, 2));
  const std::chrono::seconds second(number(17, 2));
  if (!shaped || !date.ok() || hour.count() > 23 || minute.count() > 59 || second.count() > 60)
    throw Error(Error::Code::invalid, "expected a time like 2026-11-22T09:30:00.250Z, got '" + text + "'");
  return WallTime(std::chrono::sys_days(date)) + hour + minute + second + milliseconds(number(20, 3));
}

}  // namespace vcsr
