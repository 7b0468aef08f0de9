// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>
#include <variant>
#include <vector>

#include "vcsr/base/value.hpp"

namespace vcsr::rules {

/// What a column holds. Null is a value of every type.
enum class Type { any, string, number, boolean };

/// "a number", "a string" …
const char* described(Type type);
/// The type of a value; any for null, lists and maps.
Type type_of(const Value& value);
bool is_of(const Value& value, Type type);

/// Whole numbers exactly, fractions up to the last bits of a double, so that 0.1 + 0.2 is 0.3.
/// Unordered when the values are not of one type.
std::partial_ordering compare(const Value& left, const Value& right);

/// "< 5"; a plain value is "= value".
struct Comparison {
  enum class Operator { equal, less, less_or_equal, greater, greater_or_equal };
  Operator is = Operator::equal;
  Value bound = {};
};

/// "[1..5)"
struct Range {
  Value low;
  bool low_included;
  Value high;
  bool high_included;
};

/// A condition on one input: one of the tests holds or, when negated, none does.
struct Cell {
  using Test = std::variant<Comparison, Range>;

  std::string text = {};  ///< as it was written
  std::vector<Test> tests = {};
  bool anything = false;  ///< "-"
  bool negated = false;

  bool matches(const Value& value) const;
};

}  // namespace vcsr::rules
