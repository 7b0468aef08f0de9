// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/entry_names.hpp"

namespace vcsr::rules {

namespace {

using Names = std::vector<std::string>;

void add_name(const std::string& name, Names& names) {
  if (name.find_first_of(" -+*/.'") != std::string::npos) names.push_back(name);
}

void add_names_in(const model::Expression& expression, Names& names);

void add_names_in(const model::ExpressionPtr& expression, Names& names) {
  if (expression) add_names_in(*expression, names);
}

void names_of(const model::Text&, Names&) {}

void names_of(const model::DecisionTable& table, Names& names) {
  for (const model::OutputClause& output : table.outputs) add_name(output.variable.name, names);
}

void names_of(const model::Context& context, Names& names) {
  for (const model::ContextEntry& entry : context.entries) {
    add_name(entry.variable.name, names);
    add_names_in(entry.value, names);
  }
}

void names_of(const model::List& list, Names& names) {
  for (const model::ExpressionPtr& element : list.elements) add_names_in(element, names);
}

void names_of(const model::Relation& relation, Names& names) {
  for (const model::Variable& column : relation.columns) add_name(column.name, names);
  for (const model::List& row : relation.rows) names_of(row, names);
}

void names_of(const model::Invocation& invocation, Names& names) {
  for (const model::Binding& binding : invocation.bindings) add_names_in(binding.value, names);
}

void names_of(const model::FunctionDefinition& function, Names& names) { add_names_in(function.body, names); }

void names_of(const model::Conditional& conditional, Names& names) {
  add_names_in(conditional.condition, names);
  add_names_in(conditional.then, names);
  add_names_in(conditional.otherwise, names);
}

void names_of(const model::Iteration& iteration, Names& names) {
  add_names_in(iteration.in, names);
  add_names_in(iteration.body, names);
}

void names_of(const model::Filter& filter, Names& names) {
  add_names_in(filter.in, names);
  add_names_in(filter.match, names);
}

void add_names_in(const model::Expression& expression, Names& names) {
  std::visit([&names](const auto& form) { names_of(form, names); }, expression.form);
}

void add_components(const std::vector<model::ItemDefinition>& items, Names& names) {
  for (const model::ItemDefinition& item : items) {
    for (const model::ItemDefinition& component : item.components) add_name(component.name, names);
    add_components(item.components, names);
  }
}

}  // namespace

void add_entry_names(const model::Definitions& definitions, Names& names) {
  add_components(definitions.types, names);
  for (const model::DecisionNode& decision : definitions.decisions) {
    add_name(decision.name, names);
    add_names_in(decision.logic, names);
  }
  for (const model::InputData& input : definitions.inputs) add_name(input.name, names);
  for (const model::KnowledgeModel& knowledge : definitions.knowledge)
    if (knowledge.logic) names_of(*knowledge.logic, names);
}

}  // namespace vcsr::rules
