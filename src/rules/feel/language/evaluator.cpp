// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/evaluator.hpp"

#include <algorithm>

#include "rules/feel/language/operators.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

}  // namespace

Value Evaluator::evaluate(const Node& node) {
  switch (node.kind) {
    case NodeKind::constant: return node.value;
    case NodeKind::local: return locals_[node.slot];
    case NodeKind::given: return given_[node.slot];
    default: break;
  }
  const Evaluation::Level level(evaluation_);
  evaluation_.step();
  return composed(node);
}

Value Evaluator::composed(const Node& node) {
  switch (node.kind) {
    case NodeKind::unknown: return unknown(node);
    case NodeKind::item_entry: return item_entry(node);
    case NodeKind::list: return list(node);
    case NodeKind::context: return context(node);
    case NodeKind::span:
    case NodeKind::interval: return interval(node);
    case NodeKind::half_range:
    case NodeKind::negation:
    case NodeKind::arithmetic: return operation(node);
    case NodeKind::comparison: return comparison(node);
    case NodeKind::conjunction: return logical(node, false);
    case NodeKind::disjunction: return logical(node, true);
    case NodeKind::between: return between(node);
    case NodeKind::in: return in(node);
    case NodeKind::tests: return tests(node);
    case NodeKind::test_value: return test_value(node);
    case NodeKind::test_condition: return test_condition(node);
    case NodeKind::test_comparison: return test_comparison(node);
    case NodeKind::condition: return condition(node);
    case NodeKind::iteration: return iteration(node);
    case NodeKind::some:
    case NodeKind::every: return quantified(node);
    case NodeKind::instance_of: return instance_of(node);
    case NodeKind::path: return path(node);
    case NodeKind::filter: return filter(node);
    case NodeKind::call: return call(node);
    case NodeKind::builtin_call: return builtin_call(node);
    case NodeKind::function: return function(node);
    default: return true;  // a test that everything passes
  }
}

Value Evaluator::mistake(const Node& node, const std::string& reason) {
  evaluation_.set_position(node.at);
  return evaluation_.mistake(reason);
}

Value Evaluator::unknown(const Node& node) {
  return mistake(node, "nothing is known as '" + node.more->name + "'");
}

std::vector<Value> Evaluator::parts_from(const Node& node, std::size_t first) {
  std::vector<Value> values;
  values.reserve(node.parts.size() - first);
  for (std::size_t i = first; i < node.parts.size(); ++i) values.push_back(evaluate(*node.parts[i]));
  return values;
}

Value Evaluator::list(const Node& node) {
  evaluation_.charge(node.parts.size() * sizeof(Value));
  return parts_from(node, 0);
}

Value Evaluator::context(const Node& node) {
  Context context;
  context.reserve(node.parts.size());
  evaluation_.charge(node.parts.size() * sizeof(Context::Entry));
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    Value value = evaluate(*node.parts[i]);
    locals_[node.more->slots[i]] = value;
    context.put(node.more->names[i], std::move(value));
  }
  return context;
}

Value Evaluator::interval(const Node& node) {
  Value start = evaluate(*node.parts[0]);
  Value end = evaluate(*node.parts[1]);
  evaluation_.set_position(node.at);
  return feel::interval({node.start_included, std::move(start), std::move(end), node.end_included},
                        evaluation_);
}

Value Evaluator::operation(const Node& node) {
  const Value left = evaluate(*node.parts[0]);
  if (node.kind != NodeKind::arithmetic) {
    evaluation_.set_position(node.at);
    return node.kind == NodeKind::negation ? negated(left, evaluation_)
                                           : half_range(node.sign, left, evaluation_);
  }
  const Value right = evaluate(*node.parts[1]);
  evaluation_.set_position(node.at);
  return arithmetic(node.sign, left, right, evaluation_);
}

namespace {

bool is_written_null(const Node& node) { return node.kind == NodeKind::constant && node.value.is_null(); }

}  // namespace

Value Evaluator::comparison(const Node& node) {
  const Value left = evaluate(*node.parts[0]);
  const Value right = evaluate(*node.parts[1]);
  evaluation_.set_position(node.at);
  const bool asks_for_null = is_written_null(*node.parts[0]) || is_written_null(*node.parts[1]);
  if (evaluation_.strict() && (left.is_null() || right.is_null()) && !asks_for_null)
    return evaluation_.mistake("a comparison with null");
  return compared(node.sign, left, right, evaluation_);
}

Value Evaluator::logical(const Node& node, bool decisive) {
  Value unknown;
  bool known = true;
  for (const NodePointer& part : node.parts) {
    Value value = evaluate(*part);
    const std::optional<bool> truth = feel::truth(value);
    if (truth == decisive) return decisive;
    if (truth) continue;
    known = false;
    unknown = value.is_null() && !evaluation_.strict()
                  ? std::move(value)
                  : mistake(*part, "expected true or false, got " + described(value));
  }
  return known ? Value(!decisive) : unknown;
}

Value Evaluator::between(const Node& node) {
  const Value value = evaluate(*node.parts[0]);
  Range range{.start = evaluate(*node.parts[1]), .end = evaluate(*node.parts[2])};
  if (!range.start.is_null() && !range.end.is_null())
    if (const std::optional<bool> inside = contains(range, value)) return *inside;
  return mistake(node, described(value) + " cannot be compared with " + described(range.start) + " and " +
                           described(range.end));
}

Value Evaluator::in(const Node& node) {
  locals_[node.slot] = evaluate(*node.parts[0]);
  return evaluate(*node.parts[1]);
}

/// The name of an entry of the item hides what else it names.
Value Evaluator::item_entry(const Node& node) {
  const Value item = evaluate(*node.parts[0]);
  if (const auto* const context = item.get_if<Context>())
    if (const Value* const entry = context->find(node.more->name)) return *entry;
  return evaluate(*node.parts[1]);
}

Value Evaluator::condition(const Node& node) {
  const Value condition = evaluate(*node.parts[0]);
  if (evaluation_.strict() && !condition.is(Kind::boolean))
    return mistake(node, "expected true or false as the condition, got " + described(condition));
  return evaluate(*node.parts[condition.is_true() ? 1 : 2]);
}

Value Evaluator::instance_of(const Node& node) {
  const Value value = evaluate(*node.parts[0]);
  const Type& type = node.more->type;
  if (value.is_null()) return type.is(Kind::null);
  return conforms(value, type);
}

Value Evaluator::path(const Node& node) {
  const Value value = evaluate(*node.parts[0]);
  evaluation_.set_position(node.at);
  return feel::path(value, node.more->name, evaluation_);
}

Value Evaluator::tests(const Node& node) {
  const bool negated = node.sign == Sign::not_equal;
  Value unknown;
  bool known = true;
  for (const NodePointer& part : node.parts) {
    Value passed = evaluate(*part);
    if (passed.is_true()) return !negated;
    if (passed.is_false()) continue;
    known = false;
    unknown = std::move(passed);
  }
  return known ? Value(negated) : unknown;
}

Value Evaluator::test_value(const Node& node) {
  const Value& value = locals_[node.slot];
  Value test = evaluate(*node.parts[0]);
  const bool is_condition = node.sign == Sign::equal && test.is(Kind::boolean) && !value.is(Kind::boolean);
  if (is_condition && node.parts[0]->kind != NodeKind::constant) return test;
  if (test.is(Kind::list) || test.is(Kind::context)) evaluation_.step(test.weight());
  if (const std::optional<bool> found = is_in(value, test)) return *found;
  return mistake(node, described(value) + " cannot be compared with " + described(test));
}

Value Evaluator::test_comparison(const Node& node) {
  const Value end = evaluate(*node.parts[0]);
  evaluation_.set_position(node.at);
  return compared(node.sign, locals_[node.slot], end, evaluation_);
}

Value Evaluator::test_condition(const Node& node) {
  Value passed = evaluate(*node.parts[0]);
  if (passed.is(Kind::boolean) || passed.is_null()) return passed;
  return mistake(node, "expected true or false, got " + described(passed));
}

}  // namespace vcsr::feel
