// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rules/model/expression.hpp"
#include "rules/model/faults.hpp"
#include "rules/model/xml.hpp"

namespace vcsr::rules::model {

/// Boxed expressions from their elements. What is wrong is added to the faults; `where` is where the
/// expression stands, as "decision 'x'".
class ExpressionReader {
 public:
  ExpressionReader(const Xml& xml, Faults& faults) : xml_(xml), faults_(faults) {}

  /// True of the elements that hold an expression.
  static bool is_expression(pugi::xml_node node);
  /// The expression among the children; null when there is none.
  ExpressionPtr read_inside(pugi::xml_node parent, const std::string& where);
  Variable read_variable(pugi::xml_node node) const;
  /// A typeRef without the prefix of FEEL's own types.
  std::string read_type(pugi::xml_node node, std::string_view written) const;
  FunctionDefinition read_function(pugi::xml_node node, const std::string& where);
  std::optional<Text> read_tests(pugi::xml_node parent, std::string_view name) const;
  /// A fault for each child that DMN does not know here.
  void require_known(pugi::xml_node node, const std::string& where,
                     std::initializer_list<std::string_view> known);

 private:
  ExpressionPtr read(pugi::xml_node node, const std::string& where);
  Expression::Form read_form(pugi::xml_node node, const std::string& where);
  Text read_text(pugi::xml_node node) const;
  Text read_literal(pugi::xml_node node, const std::string& where);
  Context read_context(pugi::xml_node node, const std::string& where);
  List read_list(pugi::xml_node node, const std::string& where);
  Relation read_relation(pugi::xml_node node, const std::string& where);
  Invocation read_invocation(pugi::xml_node node, const std::string& where);
  Conditional read_conditional(pugi::xml_node node, const std::string& where);
  Iteration read_iteration(pugi::xml_node node, const std::string& where);
  Filter read_filter(pugi::xml_node node, const std::string& where);
  DecisionTable read_table(pugi::xml_node node, const std::string& where);
  void read_hit_policy(pugi::xml_node node, const std::string& where, DecisionTable& table);
  void read_columns(pugi::xml_node node, const std::string& where, DecisionTable& table);
  Rule read_rule(pugi::xml_node node, const std::string& where, const DecisionTable& table);
  std::vector<Text> read_cells(pugi::xml_node rule, std::string_view kind, std::size_t columns,
                               const std::string& where);
  /// The expression in a child of this name, which must be there.
  ExpressionPtr read_part(pugi::xml_node node, std::string_view name, const std::string& where);
  void fault(pugi::xml_node node, const std::string& where, const std::string& what);

  const Xml& xml_;
  Faults& faults_;
  int depth_ = 0;
};

}  // namespace vcsr::rules::model
