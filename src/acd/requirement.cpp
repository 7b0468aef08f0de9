// SPDX-License-Identifier: Apache-2.0
#include "vcsr/requirement.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "acd/requirement_node.hpp"

namespace vcsr {

namespace {

using Node = Requirement::Node;

bool compare(int level, Node::Operator operation, int limit) {
  switch (operation) {
    case Node::Operator::at_least: return level >= limit;
    case Node::Operator::above: return level > limit;
    case Node::Operator::equal: return level == limit;
    case Node::Operator::below: return level < limit;
    case Node::Operator::at_most: return level <= limit;
  }
  return false;
}

void collect(const Node& node, std::set<std::string>& skills) {
  if (node.kind == Node::Kind::comparison) skills.insert(node.skill);
  for (const Node& part : node.parts) collect(part, skills);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(spaces) - first + 1));
}

}  // namespace

bool Node::met_by(const Skills& skills) const {
  const auto met = [&skills](const Node& part) { return part.met_by(skills); };
  switch (kind) {
    case Kind::all: return std::all_of(parts.begin(), parts.end(), met);
    case Kind::any: return std::any_of(parts.begin(), parts.end(), met);
    case Kind::negation: return !met(parts.front());
    case Kind::comparison: return compare(level_of(skills, skill), operation, level);
  }
  return false;
}

int Node::score(const Skills& skills) const {
  if (kind == Kind::negation || !met_by(skills)) return 0;
  if (kind == Kind::comparison)
    return operation == Operator::below || operation == Operator::at_most ? 0 : level_of(skills, skill);
  int score = 0;
  for (const Node& part : parts) {
    const int of_part = part.score(skills);
    score = kind == Kind::all ? score + of_part : std::max(score, of_part);
  }
  return score;
}

Requirement::Requirement() : Requirement(std::make_shared<const Parsed>()) {}

Requirement Requirement::parse(std::string_view text) {
  Node root = parse_requirement(text);
  return Requirement(std::make_shared<const Parsed>(Parsed{trimmed(text), std::move(root)}));
}

Requirement Requirement::or_else(const Requirement& other) const {
  if (anybody() || other == *this) return *this;
  if (other.anybody()) return other;
  return joined(other, false);
}

Requirement Requirement::and_also(const Requirement& other) const {
  if (anybody()) return other;
  return other.anybody() || other == *this ? *this : joined(other, true);
}

Requirement Requirement::joined(const Requirement& other, bool both) const {
  Node root{.kind = both ? Node::Kind::all : Node::Kind::any};
  root.parts = {parsed_->root, other.parsed_->root};
  const std::string joint = both ? ") and (" : ") or (";
  return Requirement(
      std::make_shared<const Parsed>(Parsed{"(" + text() + joint + other.text() + ")", std::move(root)}));
}

bool Requirement::anybody() const { return parsed_->text.empty(); }
bool Requirement::met_by(const Skills& skills) const { return parsed_->root.met_by(skills); }
int Requirement::score(const Skills& skills) const { return parsed_->root.score(skills); }

std::string Requirement::why_not(const Skills& skills, std::string_view language) const {
  if (met_by(skills)) return {};
  return unmet_words(parsed_->root, skills, false, language.starts_with("zh"));
}

std::vector<std::string> Requirement::skills() const {
  std::set<std::string> skills;
  collect(parsed_->root, skills);
  return {skills.begin(), skills.end()};
}

const std::string& Requirement::text() const { return parsed_->text; }

}  // namespace vcsr
