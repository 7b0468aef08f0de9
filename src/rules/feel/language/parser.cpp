// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/parser.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/language/evaluator.hpp"

namespace vcsr::feel {

namespace {

constexpr int max_nesting = 150;
constexpr std::uint16_t max_height = 1000;

struct Operator {
  std::string_view text;
  Sign sign;
};

constexpr std::array comparisons{
    Operator{"=", Sign::equal}, Operator{"!=", Sign::not_equal},        Operator{"<=", Sign::less_or_equal},
    Operator{"<", Sign::less},  Operator{">=", Sign::greater_or_equal}, Operator{">", Sign::greater},
};

}  // namespace

Parser::Nesting::Nesting(Parser& parser) : parser_(parser), at_interval_end_(parser.at_interval_end_) {
  if (++parser.nesting_ > max_nesting)
    parser.scanner_.fail("this is nested too deeply: at most " + std::to_string(max_nesting) +
                         " levels are read");
  parser.at_interval_end_ = false;
}

Parser::Nesting::~Nesting() {
  --parser_.nesting_;
  parser_.at_interval_end_ = at_interval_end_;
}

Code Parser::code(NodePointer root) {
  return {.root = std::move(root), .frame_size = names_.frame_size(), .unknown = std::move(unknown_)};
}

Code Parser::expression() {
  Part part = any_expression();
  if (!scanner_.at_end()) scanner_.fail_expecting("an operator or the end");
  return code(std::move(part.node));
}

Code Parser::unary_tests(const Type& input) {
  const Position at = scanner_.position();
  const std::uint32_t slot = names_.declare("?", input);
  const std::size_t begin = scanner_.offset();
  if (scanner_.at_end() || (scanner_.take("-") && scanner_.at_end()))
    return code(make(NodeKind::test_anything, at));
  scanner_.go_to(begin);
  NodePointer root = negated_tests(slot);
  if (!root) root = tests(slot, Sign::none);
  if (!scanner_.at_end()) scanner_.fail_expecting("',' or the end");
  return code(std::move(root));
}

NodePointer Parser::make(NodeKind kind, Position at, std::vector<NodePointer> parts) const {
  auto node = std::make_unique<Node>(Node{.kind = kind, .at = at, .parts = std::move(parts)});
  for (const NodePointer& part : node->parts)
    node->height = std::max<std::uint16_t>(node->height, part->height + 1);
  if (node->height > max_height) scanner_.fail("this is too long a chain: at most 1000 operators are read");
  return node;
}

Parser::Part Parser::constant(Position at, Value value) const {
  Part part{make(NodeKind::constant, at), type_of(value)};
  part.node->value = std::move(value);
  return part;
}

/// Constants made of constants are made once. What has no result keeps its node, which says so where it is
/// evaluated.
Parser::Part Parser::folded(Part part) const {
  const auto is_constant = [](const NodePointer& node) { return node->kind == NodeKind::constant; };
  if (!std::ranges::all_of(part.node->parts, is_constant)) return part;
  Evaluation evaluation;
  Value value = Evaluator({}, {}, evaluation).evaluate(*part.node);
  if (value.is_null()) return part;
  Part folded{make(NodeKind::constant, part.node->at), std::move(part.type)};
  folded.node->value = std::move(value);
  return folded;
}

Parser::Part Parser::any_expression() {
  const Nesting nesting(*this);
  return disjunction();
}

Parser::Part Parser::disjunction() {
  Part left = conjunction();
  if (!scanner_.at_word("or")) return left;
  std::vector<NodePointer> parts = parts_of(std::move(left.node));
  const Position at = scanner_.position();
  while (scanner_.take_word("or")) parts.push_back(conjunction().node);
  return {make(NodeKind::disjunction, at, std::move(parts)), Type::Kind::boolean};
}

Parser::Part Parser::conjunction() {
  Part left = comparison();
  if (!scanner_.at_word("and")) return left;
  std::vector<NodePointer> parts = parts_of(std::move(left.node));
  const Position at = scanner_.position();
  while (scanner_.take_word("and")) parts.push_back(comparison().node);
  return {make(NodeKind::conjunction, at, std::move(parts)), Type::Kind::boolean};
}

Sign Parser::take_comparison() {
  for (const Operator& comparison : comparisons)
    if (scanner_.take(comparison.text)) return comparison.sign;
  return Sign::none;
}

Parser::Part Parser::comparison() {
  const Position begin = scanner_.position();
  if (const Sign sign = take_comparison(); sign != Sign::none) {
    NodePointer node = make(NodeKind::half_range, begin, parts_of(additive().node));
    node->sign = sign;
    return folded({std::move(node), Type::Kind::range});
  }
  Part left = additive();
  for (;;) {
    const Position at = scanner_.position();
    if (scanner_.take_word("between")) {
      left = between(std::move(left));
    } else if (scanner_.take_word("in")) {
      left = in(std::move(left));
    } else if (const Sign sign = take_comparison(); sign != Sign::none) {
      NodePointer node = make(NodeKind::comparison, at, parts_of(std::move(left.node), additive().node));
      node->sign = sign;
      left = {std::move(node), Type::Kind::boolean};
    } else {
      return left;
    }
  }
}

Parser::Part Parser::binary(Part left, Sign sign, Part right, Position at) const {
  NodePointer node = make(NodeKind::arithmetic, at, parts_of(std::move(left.node), std::move(right.node)));
  node->sign = sign;
  return {std::move(node), left.type == right.type ? left.type : Type()};
}

Parser::Part Parser::additive() {
  Part left = multiplicative();
  for (;;) {
    const Position at = scanner_.position();
    if (scanner_.take("+")) left = binary(std::move(left), Sign::add, multiplicative(), at);
    else if (scanner_.take("-")) left = binary(std::move(left), Sign::subtract, multiplicative(), at);
    else return left;
  }
}

Parser::Part Parser::multiplicative() {
  Part left = power();
  for (;;) {
    const Position at = scanner_.position();
    if (scanner_.take("*")) left = binary(std::move(left), Sign::multiply, power(), at);
    else if (scanner_.take("/")) left = binary(std::move(left), Sign::divide, power(), at);
    else return left;
  }
}

Parser::Part Parser::power() {
  Part left = instance();
  for (;;) {
    const Position at = scanner_.position();
    if (!scanner_.take("**")) return left;
    left = binary(std::move(left), Sign::power, instance(), at);
  }
}

Parser::Part Parser::instance() {
  Part part = unary();
  for (;;) {
    const Position at = scanner_.position();
    if (!scanner_.take_word("instance")) return part;
    scanner_.require_word("of", "after 'instance'");
    Type wanted = type();
    NodePointer node = make(NodeKind::instance_of, at, parts_of(std::move(part.node)));
    node->more = std::make_unique<NodeDetails>(NodeDetails{.type = std::move(wanted)});
    part = {std::move(node), Type::Kind::boolean};
  }
}

Parser::Part Parser::unary() {
  const Position at = scanner_.position();
  if (!scanner_.take("-")) return postfix();
  const bool at_interval_end = at_interval_end_;
  const Nesting nesting(*this);
  // "]1..-2[" ends as "]1..2[" does.
  at_interval_end_ = at_interval_end;
  Part part = unary();
  return folded({make(NodeKind::negation, at, parts_of(std::move(part.node))), part.type});
}

Parser::Part Parser::between(Part value) {
  const Position at = scanner_.position();
  Part start = additive();
  scanner_.require_word("and", "after the lower end of 'between'");
  Part end = additive();
  return {make(NodeKind::between, at,
               parts_of(std::move(value.node), std::move(start.node), std::move(end.node))),
          Type::Kind::boolean};
}

Parser::Part Parser::in(Part value) {
  const Position at = scanner_.position();
  const std::uint32_t slot = names_.take_slot();
  NodePointer tests = scanner_.at("(") ? tests_in_parentheses(slot) : test(slot, false);
  NodePointer node = make(NodeKind::in, at, parts_of(std::move(value.node), std::move(tests)));
  node->slot = slot;
  return {std::move(node), Type::Kind::boolean};
}

NodePointer Parser::tests_in_parentheses(std::uint32_t slot) {
  const Nesting nesting(*this);
  const Position at = scanner_.position();
  scanner_.require("(", "after 'in'");
  std::vector<NodePointer> all;
  for (;;) {
    const Position begin = scanner_.position();
    const Sign sign = take_comparison();
    Part part = sign == Sign::none ? any_expression() : additive();
    if (sign != Sign::none) {
      all.push_back(make(NodeKind::test_comparison, begin, parts_of(std::move(part.node))));
      all.back()->sign = sign;
      all.back()->slot = slot;
    } else if (all.empty() && scanner_.at("..")) {
      return test_of(postfix_of(interval_from(std::move(part), false, at)), slot);
    } else {
      all.push_back(test_of(std::move(part), slot));
    }
    if (scanner_.take(",")) continue;
    scanner_.require(")", "after the tests");
    return make(NodeKind::tests, at, std::move(all));
  }
}

NodePointer Parser::test_of(Part value, std::uint32_t slot) const {
  const Position at = value.node->at;
  NodePointer node = make(NodeKind::test_value, at, parts_of(std::move(value.node)));
  node->slot = slot;
  return node;
}

/// One of unary tests, or what stands alone behind "in".
NodePointer Parser::test(std::uint32_t slot, bool of_input) {
  const Position at = scanner_.position();
  if (const Sign sign = take_comparison(); sign != Sign::none) {
    NodePointer node = make(NodeKind::test_comparison, at, parts_of(additive().node));
    node->sign = sign;
    node->slot = slot;
    return node;
  }
  if (!of_input) return test_of(additive(), slot);
  const int uses_before = input_uses_;
  Part part = any_expression();
  if (input_uses_ > uses_before) return make(NodeKind::test_condition, at, parts_of(std::move(part.node)));
  NodePointer node = test_of(std::move(part), slot);
  node->sign = Sign::equal;
  return node;
}

NodePointer Parser::tests(std::uint32_t slot, Sign sign) {
  const Position at = scanner_.position();
  std::vector<NodePointer> all;
  do all.push_back(test(slot, true));
  while (scanner_.take(","));
  if (all.size() == 1 && sign == Sign::none) return std::move(all.front());
  NodePointer node = make(NodeKind::tests, at, std::move(all));
  node->sign = sign;
  return node;
}

/// Null where "not(…)" is not all there is: then it is a function of an expression.
NodePointer Parser::negated_tests(std::uint32_t slot) {
  const std::size_t begin = scanner_.offset();
  const std::size_t unknown_before = unknown_.size();
  if (scanner_.take_word("not") && scanner_.take("(")) {
    NodePointer node = tests(slot, Sign::not_equal);
    if (scanner_.take(")") && scanner_.at_end()) return node;
  }
  scanner_.go_to(begin);
  unknown_.resize(unknown_before);
  return nullptr;
}

}  // namespace vcsr::feel
