// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "rules/feel/language/code.hpp"

namespace vcsr::feel {

/// Evaluates nodes: one frame, which is that of an expression or of one call of a function.
class Evaluator {
 public:
  Evaluator(std::span<const Value> given, std::span<Value> locals, Evaluation& evaluation)
      : given_(given), locals_(locals), evaluation_(evaluation) {}

  Value evaluate(const Node& node);

 private:
  Value composed(const Node& node);
  Value list(const Node& node);
  Value context(const Node& node);
  Value interval(const Node& node);
  Value operation(const Node& node);
  Value comparison(const Node& node);
  Value logical(const Node& node, bool decisive);
  Value between(const Node& node);
  Value in(const Node& node);
  Value item_entry(const Node& node);
  Value condition(const Node& node);
  Value instance_of(const Node& node);
  Value path(const Node& node);
  Value unknown(const Node& node);

  Value tests(const Node& node);
  Value test_value(const Node& node);
  Value test_comparison(const Node& node);
  Value test_condition(const Node& node);

  Value iteration(const Node& node);
  Value quantified(const Node& node);
  class Rounds;
  Value filter(const Node& node);
  Value filtered(const List& list, const Node& node);

  Value call(const Node& node);
  Value named_call(const Node& node, const Value& callee);
  Value builtin_call(const Node& node);
  Value function(const Node& node);

  std::vector<Value> parts_from(const Node& node, std::size_t first);
  Value mistake(const Node& node, const std::string& reason);

  std::span<const Value> given_;
  std::span<Value> locals_;
  Evaluation& evaluation_;
};

/// The element at `place`, counted from 1, or from the end where it is negative.
Value element_at(const List& list, Number place, Evaluation& evaluation);

}  // namespace vcsr::feel
