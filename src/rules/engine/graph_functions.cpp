// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/graph_functions.hpp"

#include <iterator>

namespace vcsr::rules {

using feel::Value;

std::vector<feel::Parameter> KnowledgeFunction::parameters() const { return parameters_of(logic()); }

feel::Type KnowledgeFunction::result() const { return logic().result->type; }

Value KnowledgeFunction::call(std::vector<Value> arguments, feel::Evaluation& evaluation) const {
  Value refusal;
  if (!accept_arguments(logic(), arguments, evaluation, refusal)) return refusal;
  std::vector<Value> variables = graph_.knowledge()[index_].surrounding;
  variables.insert(variables.end(), std::make_move_iterator(arguments.begin()),
                   std::make_move_iterator(arguments.end()));
  return call_logic(logic(), variables, evaluation);
}

std::vector<feel::Parameter> ServiceFunction::parameters() const {
  std::vector<feel::Parameter> parameters;
  for (const std::size_t input : service().input_data)
    parameters.push_back({graph_.inputs()[input].name, graph_.inputs()[input].type->type});
  for (const std::size_t decision : service().input_decisions)
    parameters.push_back({graph_.decisions()[decision].name, graph_.decisions()[decision].type->type});
  return parameters;
}

feel::Type ServiceFunction::result() const { return service().type->type; }

Value ServiceFunction::call(std::vector<Value> arguments, feel::Evaluation& evaluation) const {
  const std::size_t data = service().input_data.size();
  if (arguments.size() != data + service().input_decisions.size())
    return mistake(evaluation, "the decision service '" + service().name + "' takes " +
                                   std::to_string(data + service().input_decisions.size()) +
                                   " arguments, got " + std::to_string(arguments.size()));
  Run run(graph_, evaluation);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool is_data = i < data;
    const std::size_t index = is_data ? service().input_data[i] : service().input_decisions[i - data];
    const ItemType& type = is_data ? *graph_.inputs()[index].type : *graph_.decisions()[index].type;
    const bool given = !arguments[i].is_null();
    Value value = accepted(arguments[i], type, evaluation);
    if (given && value.is_null()) return value;
    if (is_data) run.give_input(index, std::move(value));
    else run.give_decision(index, std::move(value));
  }
  return run.service(index_);
}

}  // namespace vcsr::rules
