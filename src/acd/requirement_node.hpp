// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vcsr/requirement.hpp"

namespace vcsr {

/// A part of a requirement. The depth of the tree is limited by the parser, not its width.
struct Requirement::Node {
  enum class Kind { all, any, negation, comparison };
  enum class Operator { at_least, above, equal, below, at_most };

  Kind kind = Kind::all;
  std::vector<Node> parts = {};
  std::string skill = {};
  Operator operation = Operator::at_least;
  int level = 1;

  bool met_by(const Skills& skills) const;
  int score(const Skills& skills) const;
};

struct Requirement::Parsed {
  std::string text;
  Node root;
};

/// Throws Error(invalid) that names the column.
Requirement::Node parse_requirement(std::string_view text);

/// The words for what is not as it should be; of a negation when `negated`.
std::string unmet_words(const Requirement::Node& node, const Skills& skills, bool negated, bool chinese);

inline int level_of(const Skills& skills, std::string_view skill) {
  const auto found = skills.find(skill);
  return found == skills.end() ? 0 : found->second;
}

}  // namespace vcsr
