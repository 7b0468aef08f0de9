// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "acd/requirement_node.hpp"

namespace vcsr {

namespace {

using Node = Requirement::Node;

/// What the level should be, of the comparison or of its contrary.
std::string needs(const Node& node, bool negated, bool chinese) {
  using Words = std::array<const char*, 6>;
  constexpr Words english = {"needs ",           "needs more than ", "needs exactly ",
                             "needs less than ", "needs at most ",   "must not be "};
  constexpr Words in_chinese = {"至少需要 ", "需要高于 ", "需要正好 ", "需要低于 ", "最多允许 ", "不能是 "};
  constexpr std::size_t contrary[] = {3, 4, 5, 0, 1};
  const auto operation = static_cast<std::size_t>(node.operation);
  return (chinese ? in_chinese : english)[negated ? contrary[operation] : operation] +
         std::to_string(node.level);
}

std::string of_comparison(const Node& node, const Skills& skills, bool negated, bool chinese) {
  const int level = level_of(skills, node.skill);
  const bool simple = node.level == 1 && node.operation == Node::Operator::at_least;
  if (simple && negated) return (chinese ? "不应具备 " : "must not have ") + node.skill;
  if (simple) return (chinese ? "缺少 " : "lacks ") + node.skill;
  const std::string is = node.skill + (chinese ? " 为 " : " is ") + std::to_string(level);
  return is + (chinese ? "，" : ", ") + needs(node, negated, chinese);
}

}  // namespace

std::string unmet_words(const Node& node, const Skills& skills, bool negated, bool chinese) {
  if (node.kind == Node::Kind::comparison) return of_comparison(node, skills, negated, chinese);
  if (node.kind == Node::Kind::negation) return unmet_words(node.parts.front(), skills, !negated, chinese);
  const bool one_is_enough = (node.kind == Node::Kind::any) != negated;
  const char* joint = one_is_enough ? (chinese ? "；或者 " : ", or ") : (chinese ? "；" : "; ");
  std::string words;
  for (const Node& part : node.parts)
    if (part.met_by(skills) == negated)
      words += (words.empty() ? "" : joint) + unmet_words(part, skills, negated, chinese);
  return words;
}

}  // namespace vcsr
