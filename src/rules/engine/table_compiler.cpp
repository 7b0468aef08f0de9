// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/compiler.hpp"
#include "rules/feel/values/characters.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules {

NodePtr Compiler::table(const model::DecisionTable& table, const feel::Scope& scope, const std::string& where,
                        int line, const ItemTypePtr& type) {
  Table::Parts parts{
      .hit_policy = table.hit_policy, .aggregation = table.aggregation, .spot = spot(where, line)};
  for (const model::InputClause& clause : table.inputs) parts.columns.push_back(column(clause, scope, where));
  for (const model::OutputClause& clause : table.outputs)
    parts.outputs.push_back(output(clause, table.outputs.size() == 1, scope, where, type));
  tests_.assign(parts.columns.size(), {});
  results_.clear();
  parts.rows.reserve(table.rules.size());
  for (const model::Rule& rule : table.rules) parts.rows.push_back(row(rule, parts, scope, where));
  return std::make_unique<Table>(std::move(parts));
}

Table::Column Compiler::column(const model::InputClause& clause, const feel::Scope& scope,
                               const std::string& where) {
  const std::string name = feel::normalized_name(clause.expression.text);
  const std::string inside = where + ": input '" + name + "'";
  Table::Column column{.expression = expression(clause.expression, scope, inside),
                       .name = name,
                       .type = type(clause.type, inside, clause.expression.line),
                       .line = clause.expression.line};
  if (!clause.allowed) return column;
  try {
    column.allowed_text = clause.allowed->text;
    column.allowed = feel::UnaryTests::parse(clause.allowed->text, scope, column.type->type);
    unknown(column.allowed->unknown_names(), clause.allowed->line, inside + ": allowed values");
  } catch (const Error& error) {
    faults_.add(clause.allowed->line, inside + ": allowed values", error.what());
  }
  return column;
}

Table::Output Compiler::output(const model::OutputClause& clause, bool only, const feel::Scope& scope,
                               const std::string& where, const ItemTypePtr& type) {
  Table::Output output{.name = clause.variable.name};
  const std::string inside = where + ": output '" + output.name + "'";
  output.type = this->type(clause.variable.type, inside, clause.variable.line);
  if (clause.otherwise) output.otherwise = expression(*clause.otherwise, scope, inside + ": default");
  // What is allowed may be said by the column, by its type, or by the type of the whole result.
  const ItemType* of_results = type.get();
  while (of_results->collection && of_results->base && of_results->components.empty())
    of_results = of_results->base.get();
  if (!only) of_results = of_results->component(output.name);
  for (const ItemType* each : {output.type.get(), of_results})
    for (; each && output.order.empty(); each = each->base.get())
      if (each->allowed) output.order = order_of(each->allowed_text, scope);
  if (clause.allowed) output.order = order_of(clause.allowed->text, scope);
  return output;
}

feel::List Compiler::order_of(const std::string& allowed, const feel::Scope& scope) {
  try {
    feel::Evaluation evaluation;
    const std::vector<feel::Value> unknown_yet(scope.variables().size());
    const feel::Value list =
        feel::Expression::parse("[" + allowed + "]", scope).evaluate(unknown_yet, evaluation);
    const feel::List* const values = list.get_if<feel::List>();
    return values ? *values : feel::List();
  } catch (const Error&) {
    // Allowed values that are no list of values, such as "< 5", give no order.
    return {};
  }
}

Table::Cell Compiler::cell(const model::Text& text, const Table::Column& column, Tests& known,
                           const feel::Scope& scope, const std::string& where) {
  Table::Cell cell{.text = text.text, .line = text.line};
  if (text.text.empty() || text.text == "-") return cell;
  const auto read = known.find(text.text);
  if (read != known.end()) {
    cell.tests = read->second;
    return cell;
  }
  try {
    cell.tests = feel::UnaryTests::parse(text.text, scope, column.type->type);
    unknown(cell.tests->unknown_names(), text.line, where);
    known.emplace(text.text, *cell.tests);
  } catch (const Error& error) {
    faults_.add(text.line, where, error.what());
    cell.tests = feel::UnaryTests::parse("? != ?", {}, {});  // holds for nothing
  }
  return cell;
}

Table::Row Compiler::row(const model::Rule& rule, const Table::Parts& parts, const feel::Scope& scope,
                         const std::string& where) {
  Table::Row row{.id = rule.id, .line = rule.line};
  const std::string inside = where + ": row " + std::to_string(rule.row) + ", column '";
  row.conditions.reserve(rule.conditions.size());
  for (std::size_t i = 0; i < parts.columns.size(); ++i)
    row.conditions.push_back(
        cell(rule.conditions[i], parts.columns[i], tests_[i], scope, inside + parts.columns[i].name + "'"));
  row.results.reserve(rule.results.size());
  for (std::size_t i = 0; i < parts.outputs.size(); ++i) {
    const model::Text& text = rule.results[i];
    auto known = results_.find(text.text);
    if (known == results_.end())
      known =
          results_.emplace(text.text, expression(text, scope, inside + parts.outputs[i].name + "'")).first;
    row.results.push_back(known->second);
  }
  return row;
}

}  // namespace vcsr::rules
