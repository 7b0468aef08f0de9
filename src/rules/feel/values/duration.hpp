// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/feel/values/number.hpp"

namespace vcsr::feel {

/// FEEL's days and time duration: nanoseconds, up to about ±70 billion years. What would be more has no
/// result.
class DaysAndTimeDuration {
 public:
  DaysAndTimeDuration() = default;
  static DaysAndTimeDuration of_seconds(std::int64_t seconds, std::int32_t nanoseconds = 0);
  static DaysAndTimeDuration of_days(std::int64_t days) { return of_seconds(days * 86'400); }
  /// What comes after the ninth digit of a second is cut. Empty where it is too long or not finite.
  static std::optional<DaysAndTimeDuration> of(Number seconds);
  /// "P1DT2H3M4.5S", "-PT1H"; the parts in this order, one at least.
  static std::optional<DaysAndTimeDuration> parse(std::string_view text);

  /// Rounded down, with nanoseconds() never negative.
  std::int64_t seconds() const { return seconds_; }
  std::int32_t nanoseconds() const { return nanoseconds_; }
  Number in_seconds() const;
  bool negative() const { return seconds_ < 0; }

  /// The properties of the value; all have its sign.
  Number days_part() const;
  Number hours_part() const;
  Number minutes_part() const;
  Number seconds_part() const;

  DaysAndTimeDuration operator-() const;
  DaysAndTimeDuration abs() const { return negative() ? -*this : *this; }
  std::optional<DaysAndTimeDuration> plus(DaysAndTimeDuration other) const;
  std::optional<DaysAndTimeDuration> times(Number factor) const { return of(in_seconds() * factor); }
  std::optional<DaysAndTimeDuration> divided_by(Number divisor) const { return of(in_seconds() / divisor); }

  /// "P1DT2H", "PT0S"
  std::string to_string() const;
  auto operator<=>(const DaysAndTimeDuration&) const = default;

 private:
  std::int64_t seconds_ = 0;
  std::int32_t nanoseconds_ = 0;
};

/// FEEL's years and months duration: whole months.
class YearsAndMonthsDuration {
 public:
  YearsAndMonthsDuration() = default;
  explicit YearsAndMonthsDuration(std::int64_t months) : months_(months) {}
  /// What is not a whole month is cut. Empty where it is too long or not finite.
  static std::optional<YearsAndMonthsDuration> of(Number months);
  /// "P1Y2M", "-P3M"; years before months, one at least.
  static std::optional<YearsAndMonthsDuration> parse(std::string_view text);

  /// All of it in months.
  std::int64_t months() const { return months_; }
  bool negative() const { return months_ < 0; }
  /// The properties of the value; both have its sign.
  Number years_part() const { return months_ / 12; }
  Number months_part() const { return months_ % 12; }

  YearsAndMonthsDuration operator-() const { return YearsAndMonthsDuration(-months_); }
  YearsAndMonthsDuration abs() const { return negative() ? -*this : *this; }
  std::optional<YearsAndMonthsDuration> plus(YearsAndMonthsDuration other) const;
  std::optional<YearsAndMonthsDuration> times(Number factor) const { return of(Number(months_) * factor); }
  std::optional<YearsAndMonthsDuration> divided_by(Number divisor) const {
    return of(Number(months_) / divisor);
  }

  /// "P1Y2M", "P0M"
  std::string to_string() const;
  auto operator<=>(const YearsAndMonthsDuration&) const = default;

 private:
  std::int64_t months_ = 0;
};

}  // namespace vcsr::feel
