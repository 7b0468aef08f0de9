// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/duration.hpp"

#include <limits>

#include "rules/feel/values/civil.hpp"

namespace vcsr::feel {

namespace {

constexpr std::int32_t billion = 1'000'000'000;
// Well within int64 seconds, so that no sign or sum of two overflows.
constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max() / 4;
constexpr int most_digits = 18;

bool too_long(std::int64_t value) { return value > longest || value < -longest; }

/// Digits and their letter, as "12H"; 0 where they are not there.
Number part(TextScanner& text, char letter, bool& found) {
  TextScanner ahead = text;
  const auto value = ahead.digits(1, most_digits);
  if (!value || !ahead.take(letter)) return Number(0);
  found = true;
  text = ahead;
  return Number(*value);
}

std::string fraction(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "";
  auto text = std::to_string(billion + nanoseconds).substr(1);
  text.erase(text.find_last_not_of('0') + 1);
  return "." + text;
}

Number seconds_of(TextScanner& text, bool& found) {
  TextScanner ahead = text;
  const auto whole = ahead.digits(1, most_digits);
  if (!whole) return 0;
  const auto nanoseconds = ahead.take('.') ? ahead.nanoseconds() : 0;
  if (!ahead.take('S')) return 0;
  found = true;
  text = ahead;
  return Number(*whole) + Number(nanoseconds) / Number(billion);
}

/// "3H4M5S"; empty where there is none of them.
std::optional<Number> time_of(TextScanner& text) {
  bool found = false;
  const auto hours = part(text, 'H', found);
  const auto minutes = part(text, 'M', found);
  const auto seconds = seconds_of(text, found);
  if (!found) return std::nullopt;
  return hours * Number(3600) + minutes * Number(60) + seconds;
}

}  // namespace

DaysAndTimeDuration DaysAndTimeDuration::of_seconds(std::int64_t seconds, std::int32_t nanoseconds) {
  DaysAndTimeDuration result;
  const auto [carry, rest] = floored(nanoseconds, billion);
  result.seconds_ = seconds + carry;
  result.nanoseconds_ = static_cast<std::int32_t>(rest);
  return result;
}

std::optional<DaysAndTimeDuration> DaysAndTimeDuration::of(Number seconds) {
  const auto cut = seconds.rounded(9, Number::Rounding::down);
  const auto whole = cut.rounded(0, Number::Rounding::floor).to_int64();
  if (!whole || too_long(*whole)) return std::nullopt;
  const auto nanoseconds = ((cut - Number(*whole)) * Number(billion)).to_int64();
  return of_seconds(*whole, static_cast<std::int32_t>(*nanoseconds));
}

std::optional<DaysAndTimeDuration> DaysAndTimeDuration::parse(std::string_view text) {
  TextScanner rest(text);
  const bool minus = rest.take('-');
  if (!rest.take('P')) return std::nullopt;
  bool found = false;
  auto seconds = part(rest, 'D', found) * Number(86'400);
  if (rest.take('T')) {
    const auto time = time_of(rest);
    if (!time) return std::nullopt;
    seconds = seconds + *time;
    found = true;
  }
  if (!found || !rest.done()) return std::nullopt;
  return of(minus ? -seconds : seconds);
}

Number DaysAndTimeDuration::in_seconds() const {
  return Number(seconds_) + Number(nanoseconds_) / Number(billion);
}

Number DaysAndTimeDuration::days_part() const {
  const auto days = abs().seconds_ / 86'400;
  return negative() ? -days : days;
}

Number DaysAndTimeDuration::hours_part() const {
  const auto hours = abs().seconds_ / 3600 % 24;
  return negative() ? -hours : hours;
}

Number DaysAndTimeDuration::minutes_part() const {
  const auto minutes = abs().seconds_ / 60 % 60;
  return negative() ? -minutes : minutes;
}

Number DaysAndTimeDuration::seconds_part() const {
  const auto size = abs();
  const auto seconds = Number(size.seconds_ % 60) + Number(size.nanoseconds_) / Number(billion);
  return negative() ? -seconds : seconds;
}

DaysAndTimeDuration DaysAndTimeDuration::operator-() const { return of_seconds(-seconds_, -nanoseconds_); }

std::optional<DaysAndTimeDuration> DaysAndTimeDuration::plus(DaysAndTimeDuration other) const {
  const auto sum = of_seconds(seconds_ + other.seconds_, nanoseconds_ + other.nanoseconds_);
  if (too_long(sum.seconds_)) return std::nullopt;
  return sum;
}

std::string DaysAndTimeDuration::to_string() const {
  const auto size = abs();
  const auto days = size.seconds_ / 86'400;
  const auto hours = size.seconds_ / 3600 % 24;
  const auto minutes = size.seconds_ / 60 % 60;
  const auto seconds = size.seconds_ % 60;
  std::string time;
  if (hours != 0) time += std::to_string(hours) + "H";
  if (minutes != 0) time += std::to_string(minutes) + "M";
  if (seconds != 0 || size.nanoseconds_ != 0)
    time += std::to_string(seconds) + fraction(size.nanoseconds_) + "S";
  if (days == 0 && time.empty()) return "PT0S";
  std::string text = negative() ? "-P" : "P";
  if (days != 0) text += std::to_string(days) + "D";
  return time.empty() ? text : text + "T" + time;
}

std::optional<YearsAndMonthsDuration> YearsAndMonthsDuration::of(Number months) {
  const auto whole = months.rounded(0, Number::Rounding::down).to_int64();
  if (!whole || too_long(*whole)) return std::nullopt;
  return YearsAndMonthsDuration(*whole);
}

std::optional<YearsAndMonthsDuration> YearsAndMonthsDuration::parse(std::string_view text) {
  TextScanner rest(text);
  const bool minus = rest.take('-');
  if (!rest.take('P')) return std::nullopt;
  bool found = false;
  const auto years = part(rest, 'Y', found);
  const auto months = part(rest, 'M', found) + years * Number(12);
  if (!found || !rest.done()) return std::nullopt;
  return of(minus ? -months : months);
}

std::optional<YearsAndMonthsDuration> YearsAndMonthsDuration::plus(YearsAndMonthsDuration other) const {
  const auto sum = months_ + other.months_;
  if (too_long(sum)) return std::nullopt;
  return YearsAndMonthsDuration(sum);
}

std::string YearsAndMonthsDuration::to_string() const {
  const auto size = negative() ? -months_ : months_;
  if (size == 0) return "P0M";
  std::string text = negative() ? "-P" : "P";
  if (size >= 12) text += std::to_string(size / 12) + "Y";
  if (size % 12 != 0) text += std::to_string(size % 12) + "M";
  return text;
}

}  // namespace vcsr::feel
