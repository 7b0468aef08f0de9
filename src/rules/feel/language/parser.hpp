// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/code.hpp"
#include "rules/feel/language/names.hpp"
#include "rules/feel/language/scanner.hpp"

namespace vcsr::feel {

/// Nodes in a list, which cannot be written as one since they cannot be copied.
template <class... Nodes>
std::vector<NodePointer> parts_of(Nodes... nodes) {
  std::vector<NodePointer> parts;
  (parts.push_back(std::move(nodes)), ...);
  return parts;
}

/// Reads FEEL (DMN 1.5 §10.3.1) by recursive descent, one method for each level of operators. Throws
/// Error(invalid).
class Parser {
 public:
  Parser(std::string_view text, const Scope& scope) : scanner_(text), names_(scope) {}

  Code expression();
  /// "?" is the first slot of the frame.
  Code unary_tests(const Type& input);

 private:
  /// A node and what is known of its type before it is evaluated.
  struct Part {
    NodePointer node;
    Type type = {};
  };
  /// Counts what stands inside one another, so that no text exhausts the stack.
  class Nesting {
   public:
    explicit Nesting(Parser& parser);
    ~Nesting();
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
    bool at_interval_end_;
  };

  Code code(NodePointer root);
  NodePointer make(NodeKind kind, Position at, std::vector<NodePointer> parts = {}) const;
  Part constant(Position at, Value value) const;

  Part folded(Part part) const;
  Part any_expression();
  Part disjunction();
  Part conjunction();
  Part comparison();
  Part additive();
  Part multiplicative();
  Part power();
  Part instance();
  Part unary();
  Part postfix();
  Part postfix_of(Part part);
  Part primary();
  Part binary(Part left, Sign sign, Part right, Position at) const;
  Sign take_comparison();
  Part half_range();

  Part between(Part value);
  Part in(Part value);
  NodePointer tests_in_parentheses(std::uint32_t slot);
  NodePointer test(std::uint32_t slot, bool of_input);
  NodePointer test_of(Part value, std::uint32_t slot) const;
  NodePointer tests(std::uint32_t slot, Sign sign);
  NodePointer negated_tests(std::uint32_t slot);

  Part number();
  Part at_literal();
  Part in_parentheses();
  Part list_or_interval();
  Part open_interval();
  Part interval_from(Part start, bool start_included, Position at);
  bool filter_begins() const;
  Part context();
  std::string context_key(const NodeDetails& context);
  Part context_entry(const std::string& key, std::uint32_t slot);

  Part name();
  Part named(const std::string& name, Position at);
  Part meant(const Names::Meaning& meaning, const std::string& name, Position at);
  NodePointer reference(Names::Reference to, Position at) const;
  Part path_of(Part part);
  Part filter_of(Part part);
  Part call_of(Part part);
  Part builtin_call(std::span<const Builtin> forms, const std::string& name, Position at);
  std::vector<NodePointer> arguments(std::vector<std::string>& names);

  Part condition();
  Part iteration();
  Part quantified(NodeKind kind);
  NodePointer iterators(NodeKind kind, Position at);
  Part iterator_domain();
  Part function();
  std::vector<Parameter> parameters();
  Type type();
  Type type_with_arguments(Type::Kind kind);
  Type context_type();
  Type function_type();

  Scanner scanner_;
  Names names_;
  std::vector<Expression::Unknown> unknown_;
  int nesting_ = 0;
  int input_uses_ = 0;
  int partial_uses_ = 0;
  /// An end of an interval is being read, after which "[" closes it.
  bool at_interval_end_ = false;
};

}  // namespace vcsr::feel
