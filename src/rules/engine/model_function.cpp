// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/model_function.hpp"

#include <iterator>

namespace vcsr::rules {

using feel::Value;

namespace {

std::vector<Value> joined(std::vector<Value> surrounding, std::vector<Value> arguments) {
  surrounding.insert(surrounding.end(), std::make_move_iterator(arguments.begin()),
                     std::make_move_iterator(arguments.end()));
  return surrounding;
}

}  // namespace

std::vector<feel::Parameter> parameters_of(const FunctionLogic& logic) {
  std::vector<feel::Parameter> parameters;
  for (const FunctionLogic::Parameter& parameter : logic.parameters)
    parameters.push_back({parameter.name, parameter.type->type});
  return parameters;
}

bool accept_arguments(const FunctionLogic& logic, std::vector<Value>& arguments, feel::Evaluation& evaluation,
                      Value& refusal) {
  if (arguments.size() != logic.parameters.size()) {
    refusal = mistake(evaluation, "'" + logic.name + "' takes " + std::to_string(logic.parameters.size()) +
                                      " arguments, got " + std::to_string(arguments.size()));
    return false;
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool given = !arguments[i].is_null();
    arguments[i] = accepted(arguments[i], *logic.parameters[i].type, evaluation);
    if (!given || !arguments[i].is_null()) continue;
    refusal = arguments[i];
    return false;
  }
  return true;
}

Value call_logic(const FunctionLogic& logic, std::vector<Value>& variables, feel::Evaluation& evaluation) {
  const feel::Evaluation::Level level(evaluation);
  Frame frame{variables, evaluation, nullptr};
  const Value value = logic.body->evaluate(frame);
  try {
    return accepted(value, *logic.result, evaluation);
  } catch (const Error& error) {
    throw_placed(error, logic.spot);
  }
}

Value BoxedFunction::call(std::vector<Value> arguments, feel::Evaluation& evaluation) const {
  Value refusal;
  if (!accept_arguments(logic_, arguments, evaluation, refusal)) return refusal;
  std::vector<Value> variables = joined(surrounding_, std::move(arguments));
  return call_logic(logic_, variables, evaluation);
}

Value FunctionNode::evaluate(Frame& frame) const {
  return Value(std::static_pointer_cast<const feel::Function>(
      std::make_shared<const BoxedFunction>(logic_, frame.variables)));
}

std::vector<feel::Parameter> BodyFunction::parameters() const {
  std::vector<feel::Parameter> parameters;
  for (const std::string& name : parameters_) parameters.push_back({name, {}});
  return parameters;
}

Value BodyFunction::call(std::vector<Value> arguments, feel::Evaluation& evaluation) const {
  std::vector<Value> variables = joined(surrounding_, std::move(arguments));
  const feel::Evaluation::Level level(evaluation);
  Frame frame{variables, evaluation, nullptr};
  return body_.evaluate(frame);
}

}  // namespace vcsr::rules
