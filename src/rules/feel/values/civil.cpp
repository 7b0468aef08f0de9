// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

constexpr std::int64_t days_of_era = 146097;  // 400 years
constexpr std::int64_t era_start = 719468;    // from 0000-03-01 to 1970-01-01

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

}  // namespace

Floored floored(std::int64_t dividend, std::int64_t divisor) {
  auto quotient = dividend / divisor;
  auto rest = dividend % divisor;
  if (rest < 0) {
    --quotient;
    rest += divisor;
  }
  return {quotient, rest};
}

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  // Years begin in March here, so that the leap day is the last of its year.
  const auto [era, year_of_era] = floored(year - (month <= 2 ? 1 : 0), 400);
  const auto day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const auto day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_of_era + day_of_era - era_start;
}

Civil civil_from_days(std::int64_t days) {
  const auto [era, day_of_era] = floored(days + era_start, days_of_era);
  const auto year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (days_of_era - 1)) / 365;
  const auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const auto shifted = (5 * day_of_year + 2) / 153;
  const auto month = static_cast<int>(shifted + (shifted < 10 ? 3 : -9));
  const auto day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int days_in_month(std::int64_t year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool TextScanner::take(char c) {
  if (!rest_.starts_with(c)) return false;
  rest_.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> TextScanner::digits(int least, int most) {
  std::int64_t value = 0;
  int count = 0;
  for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
    if (++count > most) return std::nullopt;
    value = value * 10 + (rest_.front() - '0');
  }
  if (count < least) return std::nullopt;
  return value;
}

std::int64_t TextScanner::nanoseconds() {
  std::int64_t value = 0;
  std::int64_t unit = 100'000'000;
  for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
    value += unit * (rest_.front() - '0');
    unit /= 10;
  }
  return value;
}

}  // namespace vcsr::feel
