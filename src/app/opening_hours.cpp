// SPDX-License-Identifier: Apache-2.0
#include "app/opening_hours.hpp"

#include <algorithm>
#include <optional>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 7> day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

[[noreturn]] void refuse(const char* expected, std::string_view got) {
  throw Error(Error::Code::invalid,
              std::string("expected ") + expected + ", got \"" + std::string(got) + "\"");
}

[[noreturn]] void refuse_times(std::string_view got) {
  refuse("days and times such as \"Mon-Fri 09:00-18:00\" or \"Sat,Sun 10:00-24:00\"", got);
}

/// The text before the first of `mark`, which is taken off with it.
std::string_view take_until(std::string_view& text, char mark) {
  const std::string_view head = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(head.size() + 1, text.size()));
  return head;
}

/// Digits where `shape` has 0, and what it has elsewhere.
bool has_shape(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

unsigned number_at(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned number = 0;
  for (const char digit : text.substr(at, digits)) number = number * 10 + static_cast<unsigned>(digit - '0');
  return number;
}

std::optional<minutes> parse_clock(std::string_view text) {
  if (!has_shape(text, "00:00")) return std::nullopt;
  const minutes clock(number_at(text, 0, 2) * 60 + number_at(text, 3, 2));
  if (number_at(text, 3, 2) > 59 || clock > std::chrono::hours(24)) return std::nullopt;
  return clock;
}

std::optional<sys_days> parse_day(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number_at(text, 0, 4))),
                                         std::chrono::month(number_at(text, 5, 2)),
                                         std::chrono::day(number_at(text, 8, 2))};
  return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

std::optional<std::size_t> parse_weekday(std::string_view text) {
  const auto found = std::find(day_names.begin(), day_names.end(), text);
  if (found == day_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - day_names.begin());
}

/// "Mon-Fri,Sun"; empty where it is none.
std::vector<std::size_t> parse_weekdays(std::string_view text) {
  std::vector<std::size_t> days;
  while (!text.empty()) {
    std::string_view range = take_until(text, ',');
    const std::optional<std::size_t> first = parse_weekday(take_until(range, '-'));
    const std::optional<std::size_t> last = range.empty() ? first : parse_weekday(range);
    if (!first || !last) return {};
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      days.push_back(day);
      if (day == *last) break;
    }
  }
  return days;
}

}  // namespace

void OpeningHours::open(std::string_view times) {
  std::string_view rest = times;
  const std::vector<std::size_t> days = parse_weekdays(take_until(rest, ' '));
  const std::optional<minutes> from = parse_clock(take_until(rest, '-'));
  const std::optional<minutes> to = parse_clock(rest);
  if (days.empty() || !from || !to) refuse_times(times);
  if (*from >= *to)
    refuse("the first time to be before the second; a night is two lines, to 24:00 and from 00:00", times);
  for (const std::size_t day : days) week_[day].push_back({*from, *to});
}

void OpeningHours::close(std::string_view days) {
  std::string_view rest = days;
  const std::optional<sys_days> first = parse_day(take_until(rest, '/'));
  const std::optional<sys_days> last = rest.empty() ? first : parse_day(rest);
  if (!first || !last || *last < *first)
    refuse("a day such as \"2026-12-25\", or the first and the last such as \"2026-10-01/2026-10-07\"", days);
  holidays_.emplace_back(*first, *last);
}

bool OpeningHours::open_at(WallTime time) const {
  const WallTime local = zone_.local(time);
  const sys_days day = std::chrono::floor<std::chrono::days>(local);
  for (const auto& [first, last] : holidays_)
    if (day >= first && day <= last) return false;
  const auto clock = local - day;
  const std::vector<Span>& spans = week_[std::chrono::weekday(day).c_encoding()];
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return clock >= span.from && clock < span.to; });
}

}  // namespace vcsr
