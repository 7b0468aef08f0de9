// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/date_and_time.hpp"

#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

constexpr std::int64_t billion = 1'000'000'000;
constexpr std::int64_t day = 86'400;
constexpr std::int64_t farthest = (Date::last_year + 2) * 366 * day;

std::optional<DateAndTime> of_shown(std::int64_t seconds, std::int64_t nanoseconds, Zone zone) {
  const auto [days, second] = floored(seconds, day);
  const auto date = Date::of_days(days);
  if (!date) return std::nullopt;
  return DateAndTime(*date, Time::of_nanoseconds(second * billion + nanoseconds, zone));
}

}  // namespace

std::optional<DateAndTime> DateAndTime::of_moment(std::int64_t seconds, std::int32_t nanoseconds, Zone zone) {
  if (seconds > farthest || seconds < -farthest) return std::nullopt;
  return of_shown(seconds + zone.offset_at(seconds).value_or(0), nanoseconds, zone);
}

std::optional<DateAndTime> DateAndTime::parse(std::string_view text) {
  const auto t = text.find('T');
  if (t == std::string_view::npos) return std::nullopt;
  const auto date = Date::parse(text.substr(0, t));
  const auto time = Time::parse(text.substr(t + 1));
  if (!date || !time) return std::nullopt;
  if (!text.substr(t + 1).starts_with("24")) return DateAndTime(*date, *time);
  const auto next = date->plus_days(1);
  if (!next) return std::nullopt;
  return DateAndTime(*next, *time);
}

std::optional<std::int64_t> DateAndTime::offset() const { return time_.zone().offset_at_local(shown()); }

std::int64_t DateAndTime::moment() const { return shown() - offset().value_or(0); }

std::optional<DateAndTime> DateAndTime::plus(DaysAndTimeDuration duration) const {
  const auto nanoseconds = time_.nanoseconds() % billion + duration.nanoseconds();
  const auto seconds = moment() + duration.seconds() + nanoseconds / billion;
  return of_moment(seconds, static_cast<std::int32_t>(nanoseconds % billion), time_.zone());
}

std::optional<DateAndTime> DateAndTime::plus(YearsAndMonthsDuration duration) const {
  const auto date = date_.plus(duration);
  if (!date) return std::nullopt;
  return DateAndTime(*date, time_);
}

std::optional<DaysAndTimeDuration> DateAndTime::minus(const DateAndTime& other) const {
  if (time_.zone().local() != other.time_.zone().local()) return std::nullopt;
  const auto nanoseconds = time_.nanoseconds() % billion - other.time_.nanoseconds() % billion;
  return DaysAndTimeDuration::of_seconds(moment() - other.moment(), static_cast<std::int32_t>(nanoseconds));
}

std::string DateAndTime::to_string() const { return date_.to_string() + "T" + time_.to_string(); }

std::partial_ordering compare(const DateAndTime& left, const DateAndTime& right) {
  if (left.time().zone().local() != right.time().zone().local()) return std::partial_ordering::unordered;
  return left.moment() <=> right.moment();
}

}  // namespace vcsr::feel
