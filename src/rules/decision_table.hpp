// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/cell.hpp"
#include "vcsr/rule_set.hpp"

namespace vcsr::rules {

enum class HitPolicy { first, unique };

/// A column of conditions, or of results.
struct Column {
  std::string name;  ///< of the fact that is looked up, or of the output
  Type type = Type::any;
  Cell allowed = {.anything = true};
};

struct Rule {
  std::string id;
  int row = 0;  ///< from 1
  std::vector<Cell> conditions = {};
  std::vector<Value> results = {};
};

struct DecisionTable {
  std::string id;
  std::string name;
  HitPolicy hit_policy = HitPolicy::unique;
  std::vector<Column> inputs = {};
  std::vector<Column> outputs = {};
  std::vector<Rule> rules = {};

  /// As RuleSet::decide() and RuleSet::explain().
  Decision decide(const Facts& facts) const;
  std::vector<std::string> explain(const Facts& facts) const;
};

}  // namespace vcsr::rules
