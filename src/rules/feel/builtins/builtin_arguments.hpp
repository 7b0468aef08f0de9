// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rules/feel/language/evaluation.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

/// What a built-in function was called with. Reads arguments as what they should be, with the standard's
/// conversions between a value and a list of it alone; what is none becomes the reason of wrong().
class Arguments {
 public:
  Arguments(std::span<const Value> given, Evaluation& evaluation) : given_(given), evaluation_(evaluation) {}

  std::size_t size() const { return given_.size(); }
  Evaluation& evaluation() const { return evaluation_; }
  /// Given, and not as null.
  bool has(std::size_t index) const { return index < size() && !given_[index].is_null(); }
  const Value& operator[](std::size_t index) const { return given_[index]; }
  /// The element of a list of one, else the argument.
  const Value& single(std::size_t index) const;

  const Number* number(std::size_t index);
  const std::string* string(std::size_t index);
  const Context* context(std::size_t index);
  const Range* range(std::size_t index);
  /// What comes after the point is cut; a number beyond 64 bits is none.
  std::optional<std::int64_t> whole(std::size_t index);
  /// Anything else than null is a list of itself.
  std::optional<std::span<const Value>> list(std::size_t index);
  /// Of a function that takes a list or its elements.
  std::span<const Value> elements() const;

  /// Null: the first argument that was read as what it is not.
  Value wrong() const { return evaluation_.mistake(fault_); }
  Value wrong(const std::string& reason) const { return evaluation_.mistake(reason); }
  /// Null: an element of a list is not what it should be.
  Value wrong_elements(std::string_view what, const Value& got) {
    expected_elements(what, got);
    return wrong();
  }
  /// Notes that an argument is not what it should be.
  void expected(std::size_t index, std::string_view what);
  /// Notes that an element of a list is not: "expected numbers, got a string in the list".
  void expected_elements(std::string_view what, const Value& got);

 private:
  std::span<const Value> given_;
  Evaluation& evaluation_;
  std::string fault_;
};

}  // namespace vcsr::feel
