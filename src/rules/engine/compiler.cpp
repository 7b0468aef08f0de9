// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/compiler.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr::rules {

Compiler::Compiler(const Types& types, std::vector<std::string> entry_names, std::string document,
                   model::Faults& faults)
    : types_(types), entry_names_(std::move(entry_names)), document_(std::move(document)), faults_(faults) {}

feel::Scope Compiler::scope() const {
  feel::Scope scope;
  for (const feel::Type::Field& type : types_.named()) scope.add_type(type.name, type.type);
  for (const std::string& name : entry_names_) scope.add_entry_name(name);
  return scope;
}

ItemTypePtr Compiler::type(const std::string& name, const std::string& where, int line) {
  ItemTypePtr found = types_.find(name);
  if (found) return found;
  faults_.add(line, where, "there is no type '" + name + "'");
  return any_type();
}

void Compiler::unknown(const std::vector<feel::Expression::Unknown>& names, int line,
                       const std::string& where) {
  for (const feel::Expression::Unknown& unknown : names)
    faults_.add(line, where,
                unknown.at.text() + ": the name '" + unknown.name +
                    "' is not known here; add a requirement for it, or put a text in quotes");
}

feel::Expression Compiler::expression(const model::Text& text, const feel::Scope& scope,
                                      const std::string& where) {
  static const feel::Expression nothing = feel::Expression::parse("null", {});
  if (text.text.empty()) return nothing;
  try {
    feel::Expression parsed = feel::Expression::parse(text.text, scope);
    unknown(parsed.unknown_names(), text.line, where);
    return parsed;
  } catch (const Error& error) {
    faults_.add(text.line, where, error.what());
    return nothing;
  }
}

LiteralNode Compiler::literal(const model::Text& text, const feel::Scope& scope, const std::string& where) {
  return {expression(text, scope, where), spot(where, text.line)};
}

NodePtr Compiler::compile(const model::Expression& expression, const feel::Scope& scope,
                          const std::string& where, const ItemTypePtr& wanted) {
  const ItemTypePtr own = type(expression.type, where, expression.line);
  NodePtr node;
  if (const auto* const logic = std::get_if<model::DecisionTable>(&expression.form))
    node =
        table(*logic, scope, where, expression.line, wanted->type.is(feel::Type::Kind::any) ? own : wanted);
  else
    node = std::visit(
        [&](const auto& form) -> NodePtr {
          if constexpr (std::is_same_v<std::decay_t<decltype(form)>, model::DecisionTable>) return nullptr;
          else return this->form(form, scope, where);
        },
        expression.form);
  if (wanted->type.is(feel::Type::Kind::any) && !wanted->restricted) return node;
  return std::make_unique<TypedNode>(std::move(node), wanted, spot(where, expression.line));
}

NodePtr Compiler::form(const model::Text& text, const feel::Scope& scope, const std::string& where) {
  if (text.text.empty()) return std::make_unique<NullNode>("the expression is empty", spot(where, text.line));
  return std::make_unique<LiteralNode>(literal(text, scope, where));
}

NodePtr Compiler::form(const model::Context& context, const feel::Scope& scope, const std::string& where) {
  feel::Scope inner = scope;
  std::vector<ContextNode::Entry> entries;
  NodePtr result;
  for (const model::ContextEntry& entry : context.entries) {
    const std::string& name = entry.variable.name;
    const std::string inside = where + ": " + (name.empty() ? std::string("result") : "entry '" + name + "'");
    ItemTypePtr wanted = type(entry.variable.type, inside, entry.variable.line);
    NodePtr value = compile(*entry.value, inner, inside, wanted);
    if (name.empty()) {
      result = std::move(value);
      break;
    }
    if (wanted->type.is(feel::Type::Kind::any)) wanted = type(entry.value->type, inside, entry.value->line);
    inner.add(name, wanted->type);
    entries.push_back({name, std::move(value)});
  }
  return std::make_unique<ContextNode>(std::move(entries), std::move(result));
}

NodePtr Compiler::form(const model::List& list, const feel::Scope& scope, const std::string& where) {
  std::vector<NodePtr> elements;
  for (const model::ExpressionPtr& element : list.elements)
    elements.push_back(
        compile(*element, scope, where + ": element " + std::to_string(elements.size() + 1), any_type()));
  return std::make_unique<ListNode>(std::move(elements));
}

NodePtr Compiler::form(const model::Relation& relation, const feel::Scope& scope, const std::string& where) {
  std::vector<std::string> names;
  std::vector<ItemTypePtr> types;
  for (const model::Variable& column : relation.columns) {
    names.push_back(column.name);
    types.push_back(type(column.type, where + ": column '" + column.name + "'", column.line));
  }
  std::vector<std::vector<NodePtr>> rows;
  for (const model::List& row : relation.rows) {
    rows.emplace_back();
    for (std::size_t column = 0; column < names.size(); ++column)
      rows.back().push_back(
          compile(*row.elements[column], scope,
                  where + ": row " + std::to_string(rows.size()) + ", column '" + names[column] + "'",
                  types[column]));
  }
  return std::make_unique<RelationNode>(std::move(names), std::move(rows));
}

NodePtr Compiler::form(const model::Invocation& invocation, const feel::Scope& scope,
                       const std::string& where) {
  std::vector<InvocationNode::Argument> arguments;
  for (const model::Binding& binding : invocation.bindings) {
    const std::string inside = where + ": parameter '" + binding.parameter.name + "'";
    InvocationNode::Argument argument{.name = binding.parameter.name, .value = nullptr};
    if (binding.value)
      argument.value = compile(*binding.value, scope, inside,
                               type(binding.parameter.type, inside, binding.parameter.line));
    arguments.push_back(std::move(argument));
  }
  const int line = invocation.function->line;
  return std::make_unique<InvocationNode>(compile(*invocation.function, scope, where, any_type()),
                                          std::move(arguments), spot(where, line));
}

FunctionLogic Compiler::function(const model::FunctionDefinition& definition, feel::Scope scope,
                                 const std::string& name, const std::string& where) {
  FunctionLogic logic{.name = name, .spot = spot(where, definition.line)};
  for (const model::Variable& parameter : definition.parameters) {
    const std::string inside = where + ": parameter '" + parameter.name + "'";
    logic.parameters.push_back({parameter.name, type(parameter.type, inside, parameter.line)});
    scope.add(parameter.name, logic.parameters.back().type->type);
  }
  using Kind = model::FunctionDefinition::Kind;
  if (!definition.body) logic.body = std::make_unique<NullNode>("the function has no body", logic.spot);
  else if (definition.kind == Kind::pmml)
    logic.body = std::make_unique<NullNode>("functions in PMML are not supported", logic.spot);
  else if (definition.kind == Kind::java)
    logic.body = std::make_unique<ExternalNode>(compile(*definition.body, scope, where, any_type()),
                                                definition.parameters.size(), logic.spot);
  else
    logic.body =
        compile(*definition.body, scope, where, type(definition.body->type, where, definition.body->line));
  return logic;
}

NodePtr Compiler::form(const model::FunctionDefinition& definition, const feel::Scope& scope,
                       const std::string& where) {
  return std::make_unique<FunctionNode>(function(definition, scope, "function", where));
}

NodePtr Compiler::form(const model::Conditional& conditional, const feel::Scope& scope,
                       const std::string& where) {
  return std::make_unique<ConditionalNode>(
      compile(*conditional.condition, scope, where + ": if", any_type()),
      compile(*conditional.then, scope, where + ": then", any_type()),
      compile(*conditional.otherwise, scope, where + ": else", any_type()));
}

NodePtr Compiler::form(const model::Iteration& iteration, const feel::Scope& scope,
                       const std::string& where) {
  using Kind = model::Iteration::Kind;
  const bool each = iteration.kind == Kind::each;
  feel::Scope inner = scope;
  inner.add(iteration.variable);
  std::vector<std::string> parameters = {iteration.variable};
  if (each) {
    inner.add("partial");
    parameters.emplace_back("partial");
  }
  feel::Scope loop;
  loop.add("domain");
  loop.add("body");
  const char* text = "for element in domain return body(element, partial)";
  if (iteration.kind == Kind::some) text = "some element in domain satisfies body(element)";
  if (iteration.kind == Kind::every) text = "every element in domain satisfies body(element)";
  return std::make_unique<IterationNode>(
      compile(*iteration.in, scope, where + ": in", any_type()),
      compile(*iteration.body, inner, where + (each ? ": return" : ": satisfies"), any_type()),
      std::move(parameters),
      LiteralNode(feel::Expression::parse(text, loop), spot(where, iteration.in->line)));
}

NodePtr Compiler::form(const model::Filter& filter, const feel::Scope& scope, const std::string& where) {
  NodePtr in = compile(*filter.in, scope, where + ": in", any_type());
  feel::Scope inner = scope;
  inner.add_item(type(filter.in->type, where, filter.in->line)->type.element());
  const std::string inside = where + ": match";
  if (const auto* const text = std::get_if<model::Text>(&filter.match->form))
    return std::make_unique<FilterNode>(std::move(in), literal(*text, inner, inside));
  return std::make_unique<BoxedFilterNode>(std::move(in), compile(*filter.match, inner, inside, any_type()));
}

}  // namespace vcsr::rules
