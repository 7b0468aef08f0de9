// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vcsr::rules::model {

struct Expression;
using ExpressionPtr = std::unique_ptr<const Expression>;

/// A piece of FEEL as it stands in the document: an expression or unary tests.
struct Text {
  std::string text = {};
  int line = 0;
};

/// A name with a type: of an input, a parameter, an entry. The type is the name of an item definition, of a
/// type of FEEL, or "" when none was given.
struct Variable {
  std::string name = {};
  std::string type = {};
  int line = 0;
};

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
/// Of COLLECT: C, C+, C#, C<, C>.
enum class Aggregation { none, sum, count, min, max };

struct InputClause {
  Text expression = {};
  std::string type = {};
  std::optional<Text> allowed = {};
};

struct OutputClause {
  Variable variable = {};
  std::optional<Text> allowed = {};
  std::optional<Text> otherwise = {};  ///< the default output
};

struct Rule {
  std::string id = {};  ///< the row's number where the document has none
  int row = 0;          ///< from 1
  int line = 0;
  std::vector<Text> conditions = {};
  std::vector<Text> results = {};
  std::vector<std::string> annotations = {};
};

struct DecisionTable {
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<InputClause> inputs = {};
  std::vector<OutputClause> outputs = {};
  std::vector<Rule> rules = {};
};

/// An entry without a name is the result of its context.
struct ContextEntry {
  Variable variable = {};
  ExpressionPtr value = {};
};

struct Context {
  std::vector<ContextEntry> entries = {};
};

struct List {
  std::vector<ExpressionPtr> elements = {};
};

struct Relation {
  std::vector<Variable> columns = {};
  std::vector<List> rows = {};
};

struct Binding {
  Variable parameter = {};
  ExpressionPtr value = {};
};

struct Invocation {
  ExpressionPtr function = {};
  std::vector<Binding> bindings = {};
};

struct FunctionDefinition {
  enum class Kind { feel, java, pmml };
  Kind kind = Kind::feel;
  std::vector<Variable> parameters = {};
  ExpressionPtr body = {};
  int line = 0;
};

struct Conditional {
  ExpressionPtr condition = {};
  ExpressionPtr then = {};
  ExpressionPtr otherwise = {};
};

struct Iteration {
  enum class Kind { each, some, every };
  Kind kind = Kind::each;
  std::string variable = {};
  ExpressionPtr in = {};
  ExpressionPtr body = {};  ///< what is returned, or must be satisfied
};

struct Filter {
  ExpressionPtr in = {};
  ExpressionPtr match = {};
};

/// The logic of a decision or a part of it: DMN's boxed expressions.
struct Expression {
  using Form = std::variant<Text, DecisionTable, Context, List, Relation, Invocation, FunctionDefinition,
                            Conditional, Iteration, Filter>;

  std::string id = {};
  std::string type = {};
  int line = 0;
  Form form = {};
};

}  // namespace vcsr::rules::model
