// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "rules/model/expression_reader.hpp"

namespace vcsr::rules::model {

namespace {

using Policy = std::pair<std::string_view, HitPolicy>;
constexpr std::array<Policy, 7> policies = {
    Policy{"UNIQUE", HitPolicy::unique},         Policy{"ANY", HitPolicy::any},
    Policy{"PRIORITY", HitPolicy::priority},     Policy{"FIRST", HitPolicy::first},
    Policy{"RULE ORDER", HitPolicy::rule_order}, Policy{"OUTPUT ORDER", HitPolicy::output_order},
    Policy{"COLLECT", HitPolicy::collect},
};

using Aggregator = std::pair<std::string_view, Aggregation>;
constexpr std::array<Aggregator, 5> aggregators = {
    Aggregator{"", Aggregation::none},       Aggregator{"SUM", Aggregation::sum},
    Aggregator{"COUNT", Aggregation::count}, Aggregator{"MIN", Aggregation::min},
    Aggregator{"MAX", Aggregation::max},
};

template <class Table, class Kind>
bool find_word(const Table& table, std::string_view word, Kind& kind) {
  for (const auto& [name, value] : table) {
    if (name != word) continue;
    kind = value;
    return true;
  }
  return false;
}

}  // namespace

void ExpressionReader::read_hit_policy(pugi::xml_node node, const std::string& where, DecisionTable& table) {
  const std::string policy = node.attribute("hitPolicy").as_string("UNIQUE");
  if (!find_word(policies, policy, table.hit_policy))
    fault(node, where,
          "expected the hit policy UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER or COLLECT, got '" +
              policy + "'");
  const std::string aggregation = node.attribute("aggregation").value();
  if (!find_word(aggregators, aggregation, table.aggregation))
    fault(node, where, "expected the aggregation SUM, COUNT, MIN or MAX, got '" + aggregation + "'");
  // Some tools leave the aggregation of a table that no longer collects.
  if (table.hit_policy != HitPolicy::collect) table.aggregation = Aggregation::none;
}

void ExpressionReader::read_columns(pugi::xml_node node, const std::string& where, DecisionTable& table) {
  for (const pugi::xml_node input : xml_.children(node, "input")) {
    const pugi::xml_node expression = xml_.child(input, "inputExpression");
    InputClause clause{.expression = read_text(expression ? expression : input),
                       .type = read_type(input, expression.attribute("typeRef").value()),
                       .allowed = read_tests(input, "inputValues")};
    if (clause.expression.text.empty())
      fault(expression ? expression : input, where + ": input " + std::to_string(table.inputs.size() + 1),
            "expected an inputExpression with a text");
    table.inputs.push_back(std::move(clause));
  }
  for (const pugi::xml_node output : xml_.children(node, "output")) {
    OutputClause clause{.variable = read_variable(output), .allowed = read_tests(output, "outputValues")};
    clause.otherwise = read_tests(output, "defaultOutputEntry");
    for (const OutputClause& other : table.outputs)
      if (other.variable.name == clause.variable.name)
        fault(output, where + ": output '" + clause.variable.name + "'", "there is another of this name");
    table.outputs.push_back(std::move(clause));
  }
  if (table.outputs.empty()) fault(node, where, "the table has no output");
}

DecisionTable ExpressionReader::read_table(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"input", "output", "annotation", "rule"});
  DecisionTable table;
  read_hit_policy(node, where, table);
  read_columns(node, where, table);
  if (table.aggregation != Aggregation::none && table.outputs.size() > 1)
    fault(node, where, "a table that collects into one number must have one output only");
  for (const pugi::xml_node rule : xml_.children(node, "rule"))
    table.rules.push_back(read_rule(rule, where, table));
  return table;
}

Rule ExpressionReader::read_rule(pugi::xml_node node, const std::string& where, const DecisionTable& table) {
  Rule rule{.id = node.attribute("id").value(),
            .row = static_cast<int>(table.rules.size()) + 1,
            .line = xml_.line_of(node)};
  if (rule.id.empty()) rule.id = std::to_string(rule.row);
  const std::string inside = where + ": row " + std::to_string(rule.row);
  require_known(node, inside, {"inputEntry", "outputEntry", "annotationEntry"});
  rule.conditions = read_cells(node, "inputEntry", table.inputs.size(), inside);
  rule.results = read_cells(node, "outputEntry", table.outputs.size(), inside);
  for (const pugi::xml_node annotation : xml_.children(node, "annotationEntry"))
    rule.annotations.push_back(read_text(annotation).text);
  return rule;
}

std::vector<Text> ExpressionReader::read_cells(pugi::xml_node rule, std::string_view kind,
                                               std::size_t columns, const std::string& where) {
  std::vector<Text> cells;
  for (const pugi::xml_node entry : xml_.children(rule, kind)) cells.push_back(read_text(entry));
  if (cells.size() != columns)
    fault(rule, where,
          "expected " + std::to_string(columns) + " " + std::string(kind) + ", one per column, got " +
              std::to_string(cells.size()));
  return cells;
}

}  // namespace vcsr::rules::model
