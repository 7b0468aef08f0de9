// SPDX-License-Identifier: Apache-2.0
#include "calendar/clock_times.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "calendar/date_text.hpp"

namespace vcsr {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::optional<minutes> parse_clock(std::string_view text) {
  if (!has_shape(text, "00:00")) return std::nullopt;
  const minutes clock(number_at(text, 0, 2) * 60 + number_at(text, 3, 2));
  if (number_at(text, 3, 2) > 59 || clock > hours(24)) return std::nullopt;
  return clock;
}

std::optional<Span> parse_span(std::string_view text) {
  const std::optional<minutes> from = parse_clock(take_until(text, '-'));
  const std::optional<minutes> to = parse_clock(text);
  if (!from || !to || *from == *to || *from == hours(24) || *to == minutes(0)) return std::nullopt;
  return Span{*from, *to > *from ? *to : *to + hours(24)};
}

std::optional<unsigned> parse_weekday(std::string_view text) {
  const auto found = std::find(day_names.begin(), day_names.end(), text);
  if (found == day_names.end()) return std::nullopt;
  return static_cast<unsigned>(found - day_names.begin());
}

}  // namespace

std::vector<Span> parse_clock_times(std::string_view text) {
  std::vector<Span> spans;
  if (text.ends_with(',')) return {};
  while (!text.empty()) {
    const std::optional<Span> span = parse_span(take_until(text, ','));
    if (!span) return {};
    spans.push_back(*span);
  }
  return spans;
}

std::vector<unsigned> parse_weekdays(std::string_view text) {
  std::vector<unsigned> days;
  if (text.ends_with(',')) return {};
  while (!text.empty()) {
    std::string_view range = take_until(text, ',');
    const std::optional<unsigned> first = parse_weekday(take_until(range, '-'));
    const std::optional<unsigned> last = range.empty() ? first : parse_weekday(range);
    if (!first || !last) return {};
    for (unsigned day = *first;; day = (day + 1) % 7) {
      days.push_back(day);
      if (day == *last) break;
    }
  }
  return days;
}

}  // namespace vcsr
