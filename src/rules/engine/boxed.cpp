// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/boxed.hpp"

#include <algorithm>

#include "rules/engine/model_function.hpp"
#include "rules/feel/builtins/java_function.hpp"

namespace vcsr::rules {

using feel::Value;

namespace {

/// Variables that are pushed below here are gone at the end.
class Block {
 public:
  explicit Block(std::vector<Value>& variables) : variables_(variables), size_(variables.size()) {}
  ~Block() { variables_.resize(size_); }
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;

 private:
  std::vector<Value>& variables_;
  std::size_t size_;
};

/// Only the outermost expression of a decision is asked which rules matched.
Frame unrecorded(const Frame& frame) { return {frame.variables, frame.evaluation, nullptr}; }

}  // namespace

Value LiteralNode::evaluate(Frame& frame) const {
  try {
    return expression_.evaluate(frame.variables, frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, spot_);
  }
}

Value NullNode::evaluate(Frame& frame) const {
  try {
    return mistake(frame.evaluation, reason_);
  } catch (const Error& error) {
    throw_placed(error, spot_);
  }
}

Value TypedNode::evaluate(Frame& frame) const {
  const Value value = value_->evaluate(frame);
  try {
    return accepted(value, *type_, frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, spot_);
  }
}

Value ContextNode::evaluate(Frame& frame) const {
  const Block block(frame.variables);
  Frame inner = unrecorded(frame);
  feel::Context context;
  context.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    const feel::Evaluation::Level level(frame.evaluation);
    const Value value = entry.value->evaluate(inner);
    frame.variables.push_back(value);
    context.put(entry.name, value);
  }
  return result_ ? result_->evaluate(inner) : Value(std::move(context));
}

Value ListNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  feel::List list;
  list.reserve(elements_.size());
  for (const NodePtr& element : elements_) list.push_back(element->evaluate(inner));
  return list;
}

Value RelationNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  feel::List list;
  for (const std::vector<NodePtr>& row : rows_) {
    feel::Context context;
    for (std::size_t column = 0; column < columns_.size(); ++column)
      context.put(columns_[column], row[column]->evaluate(inner));
    list.emplace_back(std::move(context));
  }
  return list;
}

Value InvocationNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  const Value callee = function_->evaluate(inner);
  try {
    return invoke(callee, inner);
  } catch (const Error& error) {
    throw_placed(error, spot_);
  }
}

Value InvocationNode::invoke(const Value& callee, Frame& frame) const {
  const std::shared_ptr<const feel::Function> function = callee.function();
  if (!function) return mistake(frame.evaluation, feel::described(callee) + " is invoked, not a function");
  const std::vector<feel::Parameter> parameters = function->parameters();
  std::vector<Value> given;
  for (const Argument& argument : arguments_) {
    const auto parameter =
        std::find_if(parameters.begin(), parameters.end(),
                     [&argument](const feel::Parameter& each) { return each.name == argument.name; });
    if (parameter == parameters.end())
      return mistake(frame.evaluation, "the function has no parameter '" + argument.name + "'");
    const auto place = static_cast<std::size_t>(parameter - parameters.begin());
    if (given.size() <= place) given.resize(place + 1);
    if (argument.value) given[place] = argument.value->evaluate(frame);
  }
  // What is not bound is null, but a built-in may do with fewer arguments.
  if (!function->takes(given.size())) given.resize(parameters.size());
  return frame.evaluation.call(callee, std::move(given));
}

Value ConditionalNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  const Value condition = condition_->evaluate(inner);
  if (condition.is_true()) return then_->evaluate(inner);
  if (condition.is_false() || condition.is_null()) return otherwise_->evaluate(inner);
  return mistake(frame.evaluation, "the condition is " + feel::described(condition) + ", not a boolean");
}

Value IterationNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  const auto body = std::make_shared<const BodyFunction>(*body_, parameters_, frame.variables);
  std::vector<Value> variables = {in_->evaluate(inner),
                                  Value(std::static_pointer_cast<const feel::Function>(body))};
  Frame loop{variables, frame.evaluation, nullptr};
  return loop_.evaluate(loop);
}

Value FilterNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  const Value in = in_->evaluate(inner);
  try {
    return feel::filter(in, match_.expression(), frame.variables, frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, match_.spot());
  }
}

Value BoxedFilterNode::evaluate(Frame& frame) const {
  Frame inner = unrecorded(frame);
  const Value in = in_->evaluate(inner);
  const feel::List alone = {in};
  const feel::List* const given = in.get_if<feel::List>();
  feel::List matching;
  for (const Value& element : given ? *given : alone) {
    frame.evaluation.step();
    const Block block(frame.variables);
    frame.variables.push_back(element);
    if (match_->evaluate(inner).is_true()) matching.push_back(element);
  }
  return matching;
}

Value ExternalNode::evaluate(Frame& frame) const {
  const Value mapping = mapping_->evaluate(frame);
  // Only now: what evaluates the mapping may have moved the variables.
  const std::span<const Value> variables(frame.variables);
  try {
    return feel::call_java(mapping, variables.last(arguments_), frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, spot_);
  }
}

}  // namespace vcsr::rules
