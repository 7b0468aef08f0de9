// SPDX-License-Identifier: Apache-2.0
#include "rules/cell.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vcsr::rules {

namespace {

std::partial_ordering compare_numbers(const Value& left, const Value& right) {
  const auto* whole_left = left.get_if<std::int64_t>();
  const auto* whole_right = right.get_if<std::int64_t>();
  if (whole_left && whole_right) return *whole_left <=> *whole_right;
  const double a = whole_left ? static_cast<double>(*whole_left) : *left.get_if<double>();
  const double b = whole_right ? static_cast<double>(*whole_right) : *right.get_if<double>();
  constexpr double last_bits = 4 * std::numeric_limits<double>::epsilon();
  if (std::abs(a - b) <= last_bits * std::max(std::abs(a), std::abs(b)))
    return std::partial_ordering::equivalent;
  return a <=> b;
}

bool holds(const Comparison& test, const Value& value) {
  const std::partial_ordering order = compare(value, test.bound);
  switch (test.is) {
    case Comparison::Operator::equal: return order == 0;
    case Comparison::Operator::less: return order < 0;
    case Comparison::Operator::less_or_equal: return order <= 0;
    case Comparison::Operator::greater: return order > 0;
    case Comparison::Operator::greater_or_equal: return order >= 0;
  }
  return false;
}

bool holds(const Range& range, const Value& value) {
  const std::partial_ordering low = compare(value, range.low);
  const std::partial_ordering high = compare(value, range.high);
  return (low > 0 || (low == 0 && range.low_included)) && (high < 0 || (high == 0 && range.high_included));
}

}  // namespace

const char* described(Type type) {
  switch (type) {
    case Type::any: return "a string, a number or a boolean";
    case Type::string: return "a string";
    case Type::number: return "a number";
    case Type::boolean: return "a boolean";
  }
  return "";
}

Type type_of(const Value& value) {
  if (value.get_if<std::string>()) return Type::string;
  if (value.get_if<std::int64_t>() || value.get_if<double>()) return Type::number;
  return value.get_if<bool>() ? Type::boolean : Type::any;
}

bool is_of(const Value& value, Type type) {
  if (value.is_null()) return true;
  const Type actual = type_of(value);
  return actual != Type::any && (type == Type::any || type == actual);
}

std::partial_ordering compare(const Value& left, const Value& right) {
  if (left.is_null() && right.is_null()) return std::partial_ordering::equivalent;
  const Type type = type_of(left);
  if (type != type_of(right)) return std::partial_ordering::unordered;
  switch (type) {
    case Type::string: return *left.get_if<std::string>() <=> *right.get_if<std::string>();
    case Type::number: return compare_numbers(left, right);
    case Type::boolean: return *left.get_if<bool>() <=> *right.get_if<bool>();
    case Type::any: break;
  }
  return std::partial_ordering::unordered;
}

bool Cell::matches(const Value& value) const {
  if (anything) return true;
  const bool any = std::any_of(tests.begin(), tests.end(), [&value](const Test& test) {
    return std::visit([&value](const auto& each) { return holds(each, value); }, test);
  });
  return any != negated;
}

}  // namespace vcsr::rules
