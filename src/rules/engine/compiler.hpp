// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/engine/boxed.hpp"
#include "rules/engine/model_function.hpp"
#include "rules/engine/table.hpp"
#include "rules/model/faults.hpp"

namespace vcsr::rules {

/// Makes what can be evaluated of a document's expressions. What cannot be understood is added to the faults
/// and is null when it is evaluated.
class Compiler {
 public:
  /// The referred must outlive this.
  Compiler(const Types& types, std::vector<std::string> entry_names, std::string document,
           model::Faults& faults);

  /// Without variables, with the document's types and names of entries.
  feel::Scope scope() const;
  /// `type` is that of the variable that gets the value.
  NodePtr compile(const model::Expression& expression, const feel::Scope& scope, const std::string& where,
                  const ItemTypePtr& type);
  FunctionLogic function(const model::FunctionDefinition& definition, feel::Scope scope,
                         const std::string& name, const std::string& where);
  /// Any, with a fault, when there is no such type.
  ItemTypePtr type(const std::string& name, const std::string& where, int line);
  Spot spot(const std::string& where, int line) const { return {document_, line, where}; }

 private:
  using Tests = std::map<std::string, feel::UnaryTests>;
  using Expressions = std::map<std::string, feel::Expression>;

  NodePtr form(const model::Text& text, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Context& context, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::List& list, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Relation& relation, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Invocation& invocation, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::FunctionDefinition& function, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Conditional& conditional, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Iteration& iteration, const feel::Scope& scope, const std::string& where);
  NodePtr form(const model::Filter& filter, const feel::Scope& scope, const std::string& where);
  NodePtr table(const model::DecisionTable& table, const feel::Scope& scope, const std::string& where,
                int line, const ItemTypePtr& type);

  Table::Column column(const model::InputClause& clause, const feel::Scope& scope, const std::string& where);
  Table::Output output(const model::OutputClause& clause, bool only, const feel::Scope& scope,
                       const std::string& where, const ItemTypePtr& type);
  feel::List order_of(const std::string& allowed, const feel::Scope& scope);
  Table::Cell cell(const model::Text& text, const Table::Column& column, Tests& known,
                   const feel::Scope& scope, const std::string& where);
  Table::Row row(const model::Rule& rule, const Table::Parts& parts, const feel::Scope& scope,
                 const std::string& where);
  feel::Expression expression(const model::Text& text, const feel::Scope& scope, const std::string& where);
  LiteralNode literal(const model::Text& text, const feel::Scope& scope, const std::string& where);
  void unknown(const std::vector<feel::Expression::Unknown>& names, int line, const std::string& where);

  const Types& types_;
  std::vector<std::string> entry_names_;
  std::string document_;
  model::Faults& faults_;
  // Of the table being compiled: cells with the same text are read once.
  std::vector<Tests> tests_;
  Expressions results_;
};

}  // namespace vcsr::rules
