// SPDX-License-Identifier: Apache-2.0
#include "rules/cell_parser.hpp"

#include <cctype>
#include <charconv>
#include <optional>

#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace {

using Operator = Comparison::Operator;

constexpr std::string_view spaces = " \t\r\n";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80); }

[[noreturn]] void fail(const std::string& message) { throw Error(Error::Code::invalid, message); }

class Parser {
 public:
  Parser(std::string_view text, Type type) : all_(text), rest_(text), type_(type) { skip_spaces(); }

  Cell cell() {
    Cell cell{.text = std::string(all_)};
    if (at_end() || rest_ == "-") {
      cell.anything = true;
      return cell;
    }
    cell.negated = take_word("not");
    if (cell.negated) require("(", "after not");
    do cell.tests.push_back(test());
    while (take(","));
    if (cell.negated) require(")", "at the end of not(");
    require_end();
    return cell;
  }

  Value output() {
    if (at_end()) return {};
    Value value = literal("a number, \"text\", true, false or null");
    require_end();
    return value;
  }

 private:
  bool at_end() const { return rest_.empty(); }

  void skip_spaces() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(spaces), rest_.size()));
    const std::size_t last = rest_.find_last_not_of(spaces);
    rest_ = rest_.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }

  void advance(std::size_t count) {
    rest_.remove_prefix(count);
    skip_spaces();
  }

  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    advance(token.size());
    return true;
  }

  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word) || (rest_.size() > word.size() && is_word(rest_[word.size()]))) return false;
    advance(word.size());
    return true;
  }

  void require(std::string_view token, const std::string& where) {
    if (!take(token)) fail("expected '" + std::string(token) + "' " + where + ", got " + found());
  }

  void require_end() {
    if (!at_end()) fail("expected ',' or the end, got " + found());
  }

  /// What stands here, for a message.
  std::string found() const {
    if (at_end()) return "the end";
    std::size_t length = 0;
    while (length < rest_.size() && is_word(rest_[length])) ++length;
    return "'" + std::string(rest_.substr(0, std::max<std::size_t>(length, 1))) + "'";
  }

  Cell::Test test() {
    for (const auto& [sign, comparison] :
         {std::pair{"<=", Operator::less_or_equal}, std::pair{">=", Operator::greater_or_equal},
          std::pair{"<", Operator::less}, std::pair{">", Operator::greater}})
      if (take(sign)) return Comparison{.is = comparison, .bound = number(std::string("after ") + sign)};
    if (rest_.starts_with('[') || rest_.starts_with('(') || rest_.starts_with(']')) return range();
    return Comparison{
        .bound = literal("a number, \"text\", true, false, null, a comparison, a range, not(…) or -")};
  }

  Range range() {
    const std::string_view from_here = rest_;
    const bool low_included = take("[");
    if (!low_included) advance(1);
    Value low = number("at the beginning of the range");
    require("..", "in the range");
    Value high = number("at the end of the range");
    const bool high_included = take("]");
    if (!high_included && !take(")") && !take("["))
      fail("expected ']', ')' or '[' after the range, got " + found());
    const std::partial_ordering order = compare(low, high);
    if (order > 0 || (order == 0 && !(low_included && high_included)))
      fail("the range " + std::string(from_here.substr(0, from_here.size() - rest_.size())) + " is empty");
    return {std::move(low), low_included, std::move(high), high_included};
  }

  Value number(const std::string& where) {
    std::optional<Value> value = take_number();
    if (!value) fail("expected a number " + where + ", got " + found());
    require_type(*value);
    return *value;
  }

  Value literal(const std::string& expected) {
    Value value;
    if (take_word("true")) value = true;
    else if (take_word("false")) value = false;
    else if (take_word("null")) value = {};
    else if (rest_.starts_with('"')) value = string();
    else if (std::optional<Value> number = take_number()) value = *number;
    else
      fail("expected " + expected + ", got " + found() +
           (at_end() ? "" : " (text stands in quotes: \"text\")"));
    require_type(value);
    return value;
  }

  void require_type(const Value& value) const {
    if (!is_of(value, type_))
      fail(to_json(value) + " is " + described(type_of(value)) + ", but the column holds " +
           described(type_));
  }

  /// Whole numbers that fit stay whole; "1..5" begins with 1.
  std::optional<Value> take_number() {
    std::size_t length = rest_.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
      const std::size_t before = length;
      while (length < rest_.size() && is_digit(rest_[length])) ++length;
      return length > before;
    };
    const bool whole_part = digits();
    const bool fraction = length + 1 < rest_.size() && rest_[length] == '.' && is_digit(rest_[length + 1]);
    if (!whole_part && !fraction) return {};
    if (fraction) {
      ++length;
      digits();
    }
    const std::string_view text = rest_.substr(0, length);
    std::int64_t whole = 0;
    double part = 0;
    const bool fits =
        !fraction && std::from_chars(text.data(), text.data() + length, whole).ec == std::errc();
    if (!fits && std::from_chars(text.data(), text.data() + length, part).ec != std::errc())
      fail("the number " + std::string(text) + " is too large");
    advance(length);
    return fits ? Value(whole) : Value(part);
  }

  std::string string() {
    std::size_t length = 1;
    while (length < rest_.size() && rest_[length] != '"') length += rest_[length] == '\\' ? 2 : 1;
    if (length >= rest_.size()) fail("expected '\"' at the end of the text, got the end");
    const std::string_view quoted = rest_.substr(0, length + 1);
    try {
      // FEEL's escapes are those of JSON.
      std::string text = from_json(quoted).text();
      advance(quoted.size());
      return text;
    } catch (const Error&) {
      fail("the text " + std::string(quoted) + " has an unknown escape or a line break in it");
    }
  }

  std::string_view all_;
  std::string_view rest_;
  Type type_;
};

}  // namespace

Cell parse_cell(std::string_view text, Type type) { return Parser(text, type).cell(); }
Value parse_output(std::string_view text, Type type) { return Parser(text, type).output(); }

}  // namespace vcsr::rules
