// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/date.hpp"

#include <algorithm>

#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

std::string padded(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

std::optional<Date> Date::of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < -last_year || year > last_year || month < 1 || month > 12 || day < 1) return std::nullopt;
  if (day > days_in_month(year, static_cast<int>(month))) return std::nullopt;
  Date date;
  date.year_ = static_cast<std::int32_t>(year);
  date.month_ = static_cast<std::int8_t>(month);
  date.day_ = static_cast<std::int8_t>(day);
  return date;
}

std::optional<Date> Date::of_days(std::int64_t since_1970) {
  const auto [year, month, day] = civil_from_days(since_1970);
  return of(year, month, day);
}

std::optional<Date> Date::parse(std::string_view text) {
  TextScanner rest(text);
  const bool minus = rest.take('-');
  const auto from = rest.rest();
  const auto year = rest.digits(4, 9);
  const auto width = from.size() - rest.rest().size();
  if (!year || (width > 4 && from.front() == '0') || !rest.take('-')) return std::nullopt;
  const auto month = rest.digits(2, 2);
  if (!month || !rest.take('-')) return std::nullopt;
  const auto day = rest.digits(2, 2);
  if (!day || !rest.done()) return std::nullopt;
  return of(minus ? -*year : *year, *month, *day);
}

std::int64_t Date::days() const { return days_from_civil(year_, month_, day_); }

int Date::weekday() const { return static_cast<int>(floored(days() + 3, 7).rest) + 1; }

int Date::day_of_year() const { return static_cast<int>(days() - days_from_civil(year_, 1, 1)) + 1; }

int Date::week_of_year() const {
  // The week is that of its Thursday, in the year of that day.
  const auto thursday = days() - weekday() + 4;
  const auto year = civil_from_days(thursday).year;
  return static_cast<int>((thursday - days_from_civil(year, 1, 1)) / 7) + 1;
}

std::optional<Date> Date::plus_days(std::int64_t days) const { return of_days(this->days() + days); }

std::optional<Date> Date::plus(YearsAndMonthsDuration duration) const {
  const auto [year, month] = floored(std::int64_t{year_} * 12 + month_ - 1 + duration.months(), 12);
  if (year < -last_year || year > last_year) return std::nullopt;
  const auto number = static_cast<int>(month) + 1;
  return of(year, number, std::min<int>(day_, days_in_month(year, number)));
}

std::optional<Date> Date::plus(DaysAndTimeDuration duration) const {
  const auto days = floored(duration.seconds(), 86'400).quotient;
  return plus_days(days);
}

std::string Date::to_string() const {
  const std::string sign = year_ < 0 ? "-" : "";
  return sign + padded(year_ < 0 ? -std::int64_t{year_} : year_, 4) + "-" + padded(month_, 2) + "-" +
         padded(day_, 2);
}

YearsAndMonthsDuration months_between(Date from, Date to) {
  auto months = (to.year() - from.year()) * 12 + to.month() - from.month();
  if (months > 0 && to.day() < from.day()) --months;
  if (months < 0 && to.day() > from.day()) ++months;
  return YearsAndMonthsDuration(months);
}

}  // namespace vcsr::feel
