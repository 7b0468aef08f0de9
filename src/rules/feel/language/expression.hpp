// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/evaluation.hpp"
#include "rules/feel/values/type.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

struct Code;

/// What an expression may name: variables by their place in the span that evaluate() gets, and types. The
/// names of the entries of typed variables are known too, so that "Applicant.Monthly Salary" is read as one
/// path.
class Scope {
 public:
  struct Variable {
    std::string name;
    Type type;
    /// Its elements' entries can be named alone, as inside a filter; see add_item().
    bool item = false;
  };

  /// Returns its place. A later one of the same name hides an earlier one.
  std::size_t add(std::string_view name, Type type = {});
  /// The variable "item" of a filter: entries of the context it holds can be named alone and hide other
  /// variables.
  std::size_t add_item(Type type = {});
  /// What "instance of" and parameters can name beside FEEL's own types.
  void add_type(std::string_view name, Type type);
  /// A name of entries that no type says, so that it is read as one where it has blanks or signs in it.
  void add_entry_name(std::string_view name);

  const std::vector<Variable>& variables() const { return variables_; }
  const std::vector<Type::Field>& types() const { return types_; }
  const std::vector<std::string>& entry_names() const { return entry_names_; }

 private:
  void learn_entries(const Type& type, int depth);

  std::vector<Variable> variables_;
  std::vector<Type::Field> types_;
  std::vector<std::string> entry_names_;
};

/// FEEL text, read once and evaluated often. A value: immutable, cheap to copy, safe to share between
/// threads.
class Expression {
 public:
  /// Throws Error(invalid): "line 1, column 7: expected …, got …". Names that the scope does not know are
  /// read as null, a mistake at evaluation.
  static Expression parse(std::string_view text, const Scope& scope);

  /// `variables` as the scope numbers them. Throws Error(refused) at a limit, in strict mode Error(invalid).
  Value evaluate(std::span<const Value> variables, Evaluation& evaluation) const;

  /// The names it uses that the scope does not know, with their positions: for a validator.
  struct Unknown {
    std::string name;
    Position at;
  };
  const std::vector<Unknown>& unknown_names() const;

 private:
  explicit Expression(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
  std::shared_ptr<const Code> code_;
};

/// The cell of a decision table, or allowed values: "-", "< 5, [10..20]", "not(\"a\", \"b\")", "? > limit".
class UnaryTests {
 public:
  /// `input` is the type of what is tested, the name "?" in the tests. Throws as Expression::parse().
  static UnaryTests parse(std::string_view text, const Scope& scope, Type input = {});

  /// Whether `input` passes; null, with a reason, where that cannot be said. Throws as
  /// Expression::evaluate().
  Value evaluate(const Value& input, std::span<const Value> variables, Evaluation& evaluation) const;
  /// The same, null as false.
  bool matches(const Value& input, std::span<const Value> variables, Evaluation& evaluation) const {
    return evaluate(input, variables, evaluation).is_true();
  }

  const std::vector<Expression::Unknown>& unknown_names() const;

 private:
  explicit UnaryTests(std::shared_ptr<const Code> code) : code_(std::move(code)) {}
  std::shared_ptr<const Code> code_;
};

/// FEEL's filter: the elements of `list` (or of [list]) for which `match`, whose scope's last variable is the
/// item, is true; the element at a place where it is a number.
Value filter(const Value& list, const Expression& match, std::span<const Value> variables,
             Evaluation& evaluation);

/// FEEL's path: an entry of a context, of each context in a list, or a property of a temporal value or range.
Value path(const Value& value, std::string_view name, Evaluation& evaluation);

/// Null fits every type. Does not change the value: see coerced().
bool conforms(const Value& value, const Type& type);
/// As DMN 1.5 §10.3.2.9.4 asks: [a] to a, a to [a], a date to a date and time at midnight of UTC; otherwise
/// null with a reason.
Value coerced(const Value& value, const Type& type, Evaluation& evaluation);

}  // namespace vcsr::feel
