// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>

namespace vcsr {

/// Beyond them no rule is followed.
inline constexpr std::chrono::sys_days first_day = std::chrono::January / 1 / 1970;
inline constexpr std::chrono::sys_days last_day = std::chrono::December / 31 / 2099;

/// The text before the first of `mark`, which is taken off with it.
inline std::string_view take_until(std::string_view& text, char mark) {
  const std::string_view head = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(head.size() + 1, text.size()));
  return head;
}

/// Digits where `shape` has 0, and what it has elsewhere.
inline bool has_shape(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char wanted) { return wanted == '0' ? c >= '0' && c <= '9' : c == wanted; });
}

/// Of text that has the shape.
inline unsigned number_at(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned number = 0;
  for (const char digit : text.substr(at, digits)) number = number * 10 + static_cast<unsigned>(digit - '0');
  return number;
}

/// "2026-12-25" from first_day to last_day.
inline std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  if (!has_shape(text, "0000-00-00")) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number_at(text, 0, 4))),
                                         std::chrono::month(number_at(text, 5, 2)),
                                         std::chrono::day(number_at(text, 8, 2))};
  if (!date.ok() || date < first_day || date > last_day) return std::nullopt;
  return std::chrono::sys_days(date);
}

}  // namespace vcsr
