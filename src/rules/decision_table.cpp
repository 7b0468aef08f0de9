// SPDX-License-Identifier: Apache-2.0
#include "rules/decision_table.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace {

/// The inputs in the order of the columns.
using Row = std::vector<const Value*>;

const Value& input_of(const DecisionTable& table, const Column& column, const Facts& facts) {
  const Place place{{}, 0, "decision '" + table.name + "': input '" + column.name + "'"};
  const auto fact = facts.find(column.name);
  if (fact == facts.end())
    throw Error(Error::Code::invalid, place,
                std::string("it is missing; expected ") + described(column.type) + " or null");
  const Value& value = fact->second;
  if (!is_of(value, column.type))
    throw Error(Error::Code::invalid, place,
                std::string("expected ") + described(column.type) + " or null, got " + to_json(value));
  if (!value.is_null() && !column.allowed.matches(value))
    throw Error(Error::Code::invalid, place,
                "expected one of " + column.allowed.text + ", got " + to_json(value));
  return value;
}

Row inputs_of(const DecisionTable& table, const Facts& facts) {
  Row row;
  for (const Column& column : table.inputs) row.push_back(&input_of(table, column, facts));
  return row;
}

/// The first condition that does not hold; as many as there are conditions when all hold.
std::size_t first_mismatch(const Rule& rule, const Row& inputs) {
  std::size_t column = 0;
  while (column < inputs.size() && rule.conditions[column].matches(*inputs[column])) ++column;
  return column;
}

std::string named(const Rule& rule) {
  return "rule '" + rule.id + "' (row " + std::to_string(rule.row) + ")";
}

}  // namespace

Decision DecisionTable::decide(const Facts& facts) const {
  const Row row = inputs_of(*this, facts);
  const Rule* hit = nullptr;
  for (const Rule& rule : rules) {
    if (first_mismatch(rule, row) < row.size()) continue;
    if (hit)
      throw Error(Error::Code::invalid, Place{{}, 0, "decision '" + name + "'"},
                  named(*hit) + " and " + named(rule) + " both match, but the hit policy is UNIQUE");
    hit = &rule;
    if (hit_policy == HitPolicy::first) break;
  }
  Decision decision;
  if (!hit) return decision;
  decision.rules.push_back(hit->id);
  for (std::size_t i = 0; i < outputs.size(); ++i) decision.outputs.emplace(outputs[i].name, hit->results[i]);
  return decision;
}

std::vector<std::string> DecisionTable::explain(const Facts& facts) const {
  const Row row = inputs_of(*this, facts);
  std::vector<std::string> lines;
  bool hit = false;
  for (const Rule& rule : rules) {
    const std::size_t column = first_mismatch(rule, row);
    if (column < row.size()) {
      lines.push_back(named(rule) + ": " + inputs[column].name + " is " + to_json(*row[column]) + ", not " +
                      rule.conditions[column].text);
    } else {
      const bool late = hit && hit_policy == HitPolicy::first;
      lines.push_back(named(rule) + (late ? ": matches, but a rule above did before" : ": matches"));
      hit = true;
    }
  }
  return lines;
}

}  // namespace vcsr::rules
