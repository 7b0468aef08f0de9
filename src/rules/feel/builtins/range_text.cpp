// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/range_text.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/language/expression.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

constexpr std::array functions{"date", "time", "date and time", "duration"};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Where a string literal at the front ends; 0 where there is none.
std::size_t string_length(std::string_view text) {
  if (!text.starts_with('"')) return 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\') ++at;
    else if (text[at] == '"') return at + 1;
  }
  return 0;
}

/// Where ".." stands outside of strings.
std::size_t dots(std::string_view text) {
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '"') {
      at += std::max<std::size_t>(string_length(text.substr(at)), 1) - 1;
    } else if (text[at] == '.' && text[at + 1] == '.') {
      return at;
    }
  }
  return std::string_view::npos;
}

/// date("…") and its like, which have literals alone as arguments.
bool is_temporal_call(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return false;
  if (std::ranges::find(functions, trimmed(text.substr(0, open))) == functions.end()) return false;
  const auto inside = trimmed(text.substr(open + 1, text.size() - open - 2));
  return string_length(inside) == inside.size() ||
         inside.find_first_not_of("0123456789.,- ") == std::string_view::npos;
}

bool is_literal(std::string_view text) {
  if (Number::parse(text)) return true;
  const auto string = text.starts_with('@') ? text.substr(1) : text;
  return (!string.empty() && string_length(string) == string.size()) || is_temporal_call(text);
}

/// Null where the text is no literal.
Value literal(std::string_view text, Evaluation& evaluation) {
  text = trimmed(text);
  if (!is_literal(text)) return {};
  try {
    return Expression::parse(text, Scope()).evaluate({}, evaluation);
  } catch (const Error& error) {
    if (error.code() != Error::Code::invalid) throw;
  }
  return {};
}

Range::Form form_of(const Range& range) {
  using Form = Range::Form;
  if (range.start.is_null()) return range.end_included ? Form::less_or_equal : Form::less;
  if (range.end.is_null()) return range.start_included ? Form::greater_or_equal : Form::greater;
  return Form::interval;
}

}  // namespace

std::optional<Range> range_from_text(std::string_view text, Evaluation& evaluation) {
  text = trimmed(text);
  if (text.size() < 4) return std::nullopt;
  const char open = text.front();
  const char close = text.back();
  const bool brackets =
      (open == '[' || open == '(' || open == ']') && (close == ']' || close == ')' || close == '[');
  text = text.substr(1, text.size() - 2);
  const auto middle = dots(text);
  if (!brackets || middle == std::string_view::npos) return std::nullopt;
  const auto left = trimmed(text.substr(0, middle));
  const auto right = trimmed(text.substr(middle + 2));
  Range range{.start_included = open == '[', .end_included = close == ']'};
  range.start = literal(left, evaluation);
  range.end = literal(right, evaluation);
  const bool without_start = left.empty() && !range.start_included;
  const bool without_end = right.empty() && !range.end_included;
  if ((range.start.is_null() && !without_start) || (range.end.is_null() && !without_end)) return std::nullopt;
  if (without_start && without_end) return std::nullopt;
  if (!without_start && !without_end && range.start.kind() != range.end.kind()) return std::nullopt;
  range.form = form_of(range);
  return range;
}

}  // namespace vcsr::feel
