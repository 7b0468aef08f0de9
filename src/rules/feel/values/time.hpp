// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/feel/values/zone.hpp"

namespace vcsr::feel {

/// FEEL's time: of a day, to the nanosecond, local or of a zone. `==` is FEEL's is(): the same time in the
/// same zone; compare() is FEEL's = and <.
class Time {
 public:
  /// 00:00:00, local
  Time() = default;
  /// Seconds from 0 to below 60, cut at the nanosecond; 24:00:00 is 00:00:00.
  static std::optional<Time> of(std::int64_t hour, std::int64_t minute, Number second, Zone zone = {});
  /// From 0 to below a day.
  static Time of_nanoseconds(std::int64_t since_midnight, Zone zone = {});
  /// "13:20:00", "13:20:00.5Z", "13:20:00+05:30", "13:20:00@Europe/Paris"
  static std::optional<Time> parse(std::string_view text);

  int hour() const { return static_cast<int>(seconds() / 3600); }
  int minute() const { return static_cast<int>(seconds() / 60 % 60); }
  /// With its fraction.
  Number second() const;
  std::int64_t seconds() const { return nanoseconds_ / 1'000'000'000; }
  std::int64_t nanoseconds() const { return nanoseconds_; }
  const Zone& zone() const { return zone_; }

  /// Round the clock.
  Time plus(DaysAndTimeDuration duration) const;
  /// Empty where one has a zone and the other none.
  std::optional<DaysAndTimeDuration> minus(const Time& other) const;

  std::string to_string() const;
  bool operator==(const Time&) const = default;

 private:
  std::int64_t nanoseconds_ = 0;
  Zone zone_;
};

/// By whole seconds, as the standard's value of a time has it; unordered where one has a zone and the
/// other none.
std::partial_ordering compare(const Time& left, const Time& right);

}  // namespace vcsr::feel
