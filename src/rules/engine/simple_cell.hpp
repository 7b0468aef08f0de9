// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/values/number.hpp"

namespace vcsr::rules {

/// Unary tests that are nothing but numbers, ranges and comparisons of numbers, or nothing but texts, or true
/// and false: those that can be looked up instead of evaluated.
struct SimpleCell {
  enum class Kind { numbers, texts, booleans };
  using Key = feel::Number::Key;

  struct Interval {
    std::optional<Key> low = {};  ///< none: from the least
    std::optional<Key> high = {};
    bool low_included = true;
    bool high_included = true;

    bool contains(Key key) const;
  };

  Kind kind = Kind::numbers;
  bool negated = false;                  ///< not(…)
  std::vector<Interval> intervals = {};  ///< of numbers
  std::vector<std::string> texts = {};   ///< of texts; "true" and "false" of booleans

  bool matches(Key key) const;
  bool matches(std::string_view text) const;
};

/// Nothing where the text is anything else, or where what it is is for FEEL to say.
std::optional<SimpleCell> simple_cell(std::string_view text);

}  // namespace vcsr::rules
