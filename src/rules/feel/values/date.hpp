// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/feel/values/duration.hpp"

namespace vcsr::feel {

/// FEEL's date: a day of the Gregorian calendar in the years -999,999,999 to 999,999,999. What would lie
/// outside has no result.
class Date {
 public:
  static constexpr std::int64_t last_year = 999'999'999;

  /// 1970-01-01
  Date() = default;
  static std::optional<Date> of(std::int64_t year, std::int64_t month, std::int64_t day);
  static std::optional<Date> of_days(std::int64_t since_1970);
  /// "2024-02-29", "-0044-03-15": four digits of a year at least, more without zeros in front.
  static std::optional<Date> parse(std::string_view text);

  std::int64_t year() const { return year_; }
  int month() const { return month_; }
  int day() const { return day_; }
  std::int64_t days() const;
  /// From 1, which is Monday.
  int weekday() const;
  int day_of_year() const;
  /// ISO 8601: the week with the first Thursday of the year is 1.
  int week_of_year() const;

  std::optional<Date> plus_days(std::int64_t days) const;
  /// The last day of the month where it has none of this number.
  std::optional<Date> plus(YearsAndMonthsDuration duration) const;
  /// From midnight, what is left of a day is cut.
  std::optional<Date> plus(DaysAndTimeDuration duration) const;

  std::string to_string() const;
  auto operator<=>(const Date&) const = default;

 private:
  std::int32_t year_ = 1970;
  std::int8_t month_ = 1;
  std::int8_t day_ = 1;
};

/// The whole years and months from one date to another, days that make no month cut.
YearsAndMonthsDuration months_between(Date from, Date to);

}  // namespace vcsr::feel
