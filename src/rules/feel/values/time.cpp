// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/time.hpp"

#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

constexpr std::int64_t billion = 1'000'000'000;
constexpr std::int64_t day = 86'400;

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

/// What both are less to have them in UTC; equal zones need no offset, and a local time has none.
std::optional<std::int64_t> between(const Zone& left, const Zone& right) {
  if (left == right) return 0;
  if (left.local() || right.local()) return std::nullopt;
  return *left.usual_offset() - *right.usual_offset();
}

}  // namespace

std::optional<Time> Time::of(std::int64_t hour, std::int64_t minute, Number second, Zone zone) {
  if (hour == 24 && minute == 0 && second.zero()) hour = 0;
  const bool within = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
  if (!within || !second.finite() || second < Number(0) || second >= Number(60)) return std::nullopt;
  const auto nanoseconds = (second * Number(billion)).rounded(0, Number::Rounding::down).to_int64();
  return of_nanoseconds((hour * 3600 + minute * 60) * billion + *nanoseconds, zone);
}

Time Time::of_nanoseconds(std::int64_t since_midnight, Zone zone) {
  Time time;
  time.nanoseconds_ = since_midnight;
  time.zone_ = zone;
  return time;
}

std::optional<Time> Time::parse(std::string_view text) {
  TextScanner rest(text);
  const auto hour = rest.digits(2, 2);
  if (!hour || !rest.take(':')) return std::nullopt;
  const auto minute = rest.digits(2, 2);
  if (!minute || !rest.take(':')) return std::nullopt;
  const auto second = rest.digits(2, 2);
  if (!second) return std::nullopt;
  std::int64_t nanoseconds = 0;
  if (rest.take('.')) {
    const auto before = rest.rest().size();
    nanoseconds = rest.nanoseconds();
    if (rest.rest().size() == before) return std::nullopt;
  }
  const auto zone = Zone::parse(rest.rest());
  if (!zone) return std::nullopt;
  return of(*hour, *minute, Number(*second) + Number(nanoseconds) / Number(billion), *zone);
}

Number Time::second() const {
  return Number(seconds() % 60) + Number(nanoseconds_ % billion) / Number(billion);
}

Time Time::plus(DaysAndTimeDuration duration) const {
  const auto seconds = floored(duration.seconds(), day).rest;
  const auto sum = nanoseconds_ + seconds * billion + duration.nanoseconds();
  return of_nanoseconds(sum % (day * billion), zone_);
}

std::optional<DaysAndTimeDuration> Time::minus(const Time& other) const {
  const auto offset = between(zone_, other.zone_);
  if (!offset) return std::nullopt;
  const auto nanoseconds = nanoseconds_ - other.nanoseconds_;
  const auto [seconds, rest] = floored(nanoseconds, billion);
  return DaysAndTimeDuration::of_seconds(seconds - *offset, static_cast<std::int32_t>(rest));
}

std::string Time::to_string() const {
  auto text = two_digits(hour()) + ":" + two_digits(minute()) + ":" + two_digits(seconds() % 60);
  if (const auto fraction = nanoseconds_ % billion; fraction != 0) {
    text += "." + std::to_string(billion + fraction).substr(1);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + zone_.to_string();
}

std::partial_ordering compare(const Time& left, const Time& right) {
  const auto offset = between(left.zone(), right.zone());
  if (!offset) return std::partial_ordering::unordered;
  return left.seconds() - *offset <=> right.seconds();
}

}  // namespace vcsr::feel
