// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <utility>
#include <vector>

#include "acd/requirement_node.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Node = Requirement::Node;

/// Far beyond what people ask for; it takes a machine some 50 ms.
constexpr std::size_t most_looks = 2'000'000;

/// The least level from which on a comparison holds or no longer holds: in between nothing changes.
void add_bounds(const Node& node, std::string_view skill, std::set<int>& levels) {
  for (const Node& part : node.parts) add_bounds(part, skill, levels);
  if (node.kind != Node::Kind::comparison || node.skill != skill) return;
  using Operator = Node::Operator;
  const bool from = node.operation == Operator::at_least || node.operation == Operator::below;
  if (from || node.operation == Operator::equal) levels.insert(node.level);
  if (!from) levels.insert(node.level + 1);
}

class Search {
 public:
  explicit Search(const Node& root) : root_(root) {}

  std::optional<Skills> find() { return solve() ? std::optional(std::move(chosen_)) : std::nullopt; }

 private:
  enum class Truth { no, yes, open };

  /// `ask` is then a skill on whose level it depends.
  Truth judge(const Node& node, const std::string*& ask);
  bool solve();
  const std::vector<int>& levels_of(const std::string& skill);

  const Node& root_;
  Skills chosen_;
  std::map<std::string, std::vector<int>> levels_;
  std::size_t looks_ = 0;
};

Search::Truth Search::judge(const Node& node, const std::string*& ask) {
  if (++looks_ > most_looks)
    throw Error(Error::Code::invalid,
                "a requirement is too entangled to tell who can meet it; say it shorter");
  if (node.kind == Node::Kind::comparison) {
    if (chosen_.contains(node.skill)) return node.met_by(chosen_) ? Truth::yes : Truth::no;
    ask = &node.skill;
    return Truth::open;
  }
  if (node.kind == Node::Kind::negation) {
    const Truth truth = judge(node.parts.front(), ask);
    if (truth == Truth::open) return truth;
    return truth == Truth::yes ? Truth::no : Truth::yes;
  }
  const Truth decides = node.kind == Node::Kind::all ? Truth::no : Truth::yes;
  bool open = false;
  for (const Node& part : node.parts) {
    const std::string* asked = nullptr;
    const Truth truth = judge(part, asked);
    if (truth == decides) return decides;
    if (truth == Truth::open && !std::exchange(open, true)) ask = asked;
  }
  if (open) return Truth::open;
  return node.kind == Node::Kind::all ? Truth::yes : Truth::no;
}

const std::vector<int>& Search::levels_of(const std::string& skill) {
  const auto [found, fresh] = levels_.try_emplace(skill);
  if (fresh) {
    std::set<int> levels{0};
    add_bounds(root_, skill, levels);
    found->second.assign(levels.begin(), levels.end());
  }
  return found->second;
}

bool Search::solve() {
  const std::string* ask = nullptr;
  const Truth truth = judge(root_, ask);
  if (truth != Truth::open) return truth == Truth::yes;
  const std::string skill = *ask;
  for (const int level : levels_of(skill)) {
    chosen_[skill] = level;
    if (solve()) return true;
  }
  chosen_.erase(skill);
  return false;
}

}  // namespace

std::optional<Skills> Requirement::example() const { return Search(parsed_->root).find(); }

bool Requirement::implies(const Requirement& other) const {
  Node apart{.kind = Node::Kind::all};
  apart.parts = {parsed_->root, {.kind = Node::Kind::negation, .parts = {other.parsed_->root}}};
  return !Search(apart).find();
}

}  // namespace vcsr
