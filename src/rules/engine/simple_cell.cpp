// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/simple_cell.hpp"

#include <algorithm>

namespace vcsr::rules {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) { skip_spaces(); }

  std::optional<SimpleCell> cell() {
    SimpleCell cell;
    if (take("not(")) cell.negated = true;
    do {
      if (!item(cell)) return {};
    } while (take(","));
    if (cell.negated && !take(")")) return {};
    if (!rest_.empty()) return {};
    return cell;
  }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    skip_spaces();
    return true;
  }

  /// All items of a cell are of one kind.
  bool is_of(SimpleCell& cell, SimpleCell::Kind kind) {
    const bool first = cell.intervals.empty() && cell.texts.empty();
    if (first) cell.kind = kind;
    return cell.kind == kind;
  }

  bool item(SimpleCell& cell) {
    if (rest_.starts_with('"')) return is_of(cell, SimpleCell::Kind::texts) && text(cell);
    for (const char* const word : {"true", "false"}) {
      if (!take(word)) continue;
      const bool fits = is_of(cell, SimpleCell::Kind::booleans);
      cell.texts.emplace_back(word);
      return fits;
    }
    if (!is_of(cell, SimpleCell::Kind::numbers)) return false;
    const std::optional<SimpleCell::Interval> interval = numbers();
    if (interval) cell.intervals.push_back(*interval);
    return interval.has_value();
  }

  bool text(SimpleCell& cell) {
    const std::size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = rest_.substr(1, end - 1);
    // Escapes are FEEL's.
    if (inside.find('\\') != std::string_view::npos) return false;
    cell.texts.emplace_back(inside);
    rest_.remove_prefix(end + 1);
    skip_spaces();
    return true;
  }

  std::optional<SimpleCell::Interval> numbers() {
    if (take("<=")) return up_to(true);
    if (take("<")) return up_to(false);
    if (take(">=")) return from(true);
    if (take(">")) return from(false);
    if (rest_.starts_with('[') || rest_.starts_with('(') || rest_.starts_with(']')) return range();
    const std::optional<SimpleCell::Key> key = number();
    if (!key) return {};
    return SimpleCell::Interval{.low = key, .high = key};
  }

  std::optional<SimpleCell::Interval> up_to(bool included) {
    const std::optional<SimpleCell::Key> key = number();
    if (!key) return {};
    return SimpleCell::Interval{.high = key, .high_included = included};
  }

  std::optional<SimpleCell::Interval> from(bool included) {
    const std::optional<SimpleCell::Key> key = number();
    if (!key) return {};
    return SimpleCell::Interval{.low = key, .low_included = included};
  }

  std::optional<SimpleCell::Interval> range() {
    SimpleCell::Interval interval{.low_included = rest_.front() == '['};
    rest_.remove_prefix(1);
    skip_spaces();
    interval.low = number();
    if (!interval.low || !take("..")) return {};
    interval.high = number();
    interval.high_included = take("]");
    const bool closed = interval.high_included || take(")") || take("[");
    // What a range is that ends before it starts, FEEL says.
    if (!interval.high || !closed || *interval.high < *interval.low) return {};
    return interval;
  }

  std::optional<SimpleCell::Key> number() {
    std::size_t length = rest_.starts_with('-') ? 1 : 0;
    const std::size_t digits = length;
    while (length < rest_.size() && is_digit(rest_[length])) ++length;
    if (length == digits) return {};
    if (length + 1 < rest_.size() && rest_[length] == '.' && is_digit(rest_[length + 1]))
      for (++length; length < rest_.size() && is_digit(rest_[length]);) ++length;
    const std::string_view after = rest_.substr(length);
    const bool ends = after.empty() || after.find_first_of(" \t\r\n,.)]([") == 0;
    const std::optional<feel::Number> number =
        ends ? feel::Number::parse(rest_.substr(0, length)) : std::nullopt;
    if (!number || !number->finite()) return {};
    rest_.remove_prefix(length);
    skip_spaces();
    return number->key();
  }

  std::string_view rest_;
};

}  // namespace

bool SimpleCell::Interval::contains(Key key) const {
  if (low && (key < *low || (key == *low && !low_included))) return false;
  return !high || key < *high || (key == *high && high_included);
}

bool SimpleCell::matches(Key key) const {
  const bool any = std::any_of(intervals.begin(), intervals.end(),
                               [key](const Interval& interval) { return interval.contains(key); });
  return any != negated;
}

bool SimpleCell::matches(std::string_view text) const {
  return (std::find(texts.begin(), texts.end(), text) != texts.end()) != negated;
}

std::optional<SimpleCell> simple_cell(std::string_view text) { return Parser(text).cell(); }

}  // namespace vcsr::rules
