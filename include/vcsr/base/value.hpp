// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// The order of names, byte by byte, as std::less<> has it; most names are told apart by their first byte
/// without a call.
struct NameOrder {
  using is_transparent = void;
  bool operator()(std::string_view left, std::string_view right) const {
    if (left.empty() || right.empty()) return left.size() < right.size();
    const auto first = static_cast<unsigned char>(left.front()),
               other = static_cast<unsigned char>(right.front());
    return first != other ? first < other : left < right;
  }
};

/// What attributes, facts and journal entries are made of: JSON's types with whole numbers
/// kept apart from fractions. A value: copy it freely. Text is UTF-8.
class Value {
 public:
  using List = std::vector<Value>;
  using Map = std::map<std::string, Value, NameOrder>;
  using Variant = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map>;

  Value() = default;
  Value(std::nullptr_t) {}
  /// Not for what merely converts to bool, such as pointers.
  template <std::same_as<bool> Bool>
  Value(Bool value) : held_(value) {}
  template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>) Value(Number value)
      : held_(static_cast<std::int64_t>(value)) {}
  Value(double value) : held_(value) {}
  Value(const char* value) : held_(std::string(value)) {}
  Value(std::string_view value) : held_(std::string(value)) {}
  Value(std::string value) : held_(std::move(value)) {}
  Value(List value) : held_(std::move(value)) {}
  Value(Map value) : held_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(held_); }
  /// Null when the value is of another type.
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&held_);
  }
  const Variant& variant() const { return held_; }

  /// The text of a string, the digits of a number, "true"; "" for null; JSON for the rest.
  VCSR_EXPORT std::string text() const;

  bool operator==(const Value&) const = default;

 private:
  Variant held_;
};

/// Named values: a contact's attributes, the inputs of a rule set.
using Facts = Value::Map;

/// Compact JSON (RFC 8259); keys in their order. Strings that are not UTF-8 are repaired with U+FFFD.
VCSR_EXPORT std::string to_json(const Value& value);

/// Throws Error(invalid) that names the position. Nesting is limited to 64.
VCSR_EXPORT Value from_json(std::string_view text);

}  // namespace vcsr
