// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/feel/values/date.hpp"
#include "rules/feel/values/time.hpp"

namespace vcsr::feel {

/// FEEL's date and time, local or of a zone. `==` is FEEL's is(): the same date and time in the same zone;
/// compare() is FEEL's = and <.
class DateAndTime {
 public:
  DateAndTime() = default;
  DateAndTime(Date date, Time time) : date_(date), time_(time) {}
  /// What a date is where a date and time is wanted: its midnight in UTC.
  static DateAndTime midnight(Date date) { return {date, Time::of_nanoseconds(0, Zone::utc())}; }
  /// As the clocks of `zone`, which is not local, show the moment since 1970 in UTC.
  static std::optional<DateAndTime> of_moment(std::int64_t seconds, std::int32_t nanoseconds, Zone zone);
  /// "2024-02-29T13:20:00" and what Time takes; 24:00:00 is the midnight after.
  static std::optional<DateAndTime> parse(std::string_view text);

  const Date& date() const { return date_; }
  const Time& time() const { return time_; }
  /// Seconds from UTC, empty where local.
  std::optional<std::int64_t> offset() const;
  /// Whole seconds since 1970, in UTC or, where local, as its clock shows them.
  std::int64_t moment() const;

  /// Of dates and times of a zone: so much time passes, whatever its clocks do in between.
  std::optional<DateAndTime> plus(DaysAndTimeDuration duration) const;
  std::optional<DateAndTime> plus(YearsAndMonthsDuration duration) const;
  /// Empty where one has a zone and the other none.
  std::optional<DaysAndTimeDuration> minus(const DateAndTime& other) const;

  std::string to_string() const;
  bool operator==(const DateAndTime&) const = default;

 private:
  std::int64_t shown() const { return date_.days() * 86'400 + time_.seconds(); }

  Date date_;
  Time time_;
};

/// By whole seconds, as the standard's value of a date and time has it; unordered where one has a zone and
/// the other none.
std::partial_ordering compare(const DateAndTime& left, const DateAndTime& right);

}  // namespace vcsr::feel
