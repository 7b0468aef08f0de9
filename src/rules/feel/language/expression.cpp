// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/expression.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/language/evaluator.hpp"
#include "rules/feel/language/parser.hpp"
#include "rules/feel/values/characters.hpp"

namespace vcsr::feel {

namespace {

constexpr std::size_t small_frame = 4;

/// Frames are mostly small: a cell of a table has one slot.
Value run(const Code& code, const Value* input, std::span<const Value> variables, Evaluation& evaluation) {
  std::array<Value, small_frame> few;
  std::vector<Value> many(code.frame_size > small_frame ? code.frame_size : 0);
  const std::span<Value> frame = many.empty() ? std::span<Value>(few) : std::span<Value>(many);
  if (input) frame[0] = *input;
  return Evaluator(variables, frame, evaluation).evaluate(*code.root);
}

}  // namespace

std::size_t Scope::add(std::string_view name, Type type) {
  learn_entries(type, 0);
  variables_.push_back({normalized_name(name), std::move(type), false});
  return variables_.size() - 1;
}

std::size_t Scope::add_item(Type type) {
  const std::size_t place = add("item", std::move(type));
  variables_.back().item = true;
  return place;
}

void Scope::add_type(std::string_view name, Type type) {
  types_.push_back({normalized_name(name), std::move(type)});
}

void Scope::add_entry_name(std::string_view name) {
  std::string kept = normalized_name(name);
  if (kept.find_first_of(" ./-'+*") == kept.npos) return;
  if (std::ranges::find(entry_names_, kept) == entry_names_.end()) entry_names_.push_back(std::move(kept));
}

void Scope::learn_entries(const Type& type, int depth) {
  constexpr int deep_enough = 16;
  if (depth > deep_enough) return;
  if (type.is(Type::Kind::list)) learn_entries(type.element(), depth + 1);
  for (const Type::Field& field : type.fields()) {
    add_entry_name(field.name);
    learn_entries(field.type, depth + 1);
  }
}

Expression Expression::parse(std::string_view text, const Scope& scope) {
  return Expression(std::make_shared<Code>(Parser(text, scope).expression()));
}

Value Expression::evaluate(std::span<const Value> variables, Evaluation& evaluation) const {
  return run(*code_, nullptr, variables, evaluation);
}

const std::vector<Expression::Unknown>& Expression::unknown_names() const { return code_->unknown; }

UnaryTests UnaryTests::parse(std::string_view text, const Scope& scope, Type input) {
  return UnaryTests(std::make_shared<Code>(Parser(text, scope).unary_tests(input)));
}

Value UnaryTests::evaluate(const Value& input, std::span<const Value> variables,
                           Evaluation& evaluation) const {
  return run(*code_, &input, variables, evaluation);
}

const std::vector<Expression::Unknown>& UnaryTests::unknown_names() const { return code_->unknown; }

Value filter(const Value& list, const Expression& match, std::span<const Value> variables,
             Evaluation& evaluation) {
  List items;
  if (const auto* const given = list.get_if<List>()) items = *given;
  else if (!list.is_null()) items.push_back(list);
  std::vector<Value> with_item(variables.begin(), variables.end());
  with_item.emplace_back();
  List matching;
  for (const Value& item : items) {
    evaluation.step();
    with_item.back() = item;
    const Value matched = match.evaluate(with_item, evaluation);
    if (const auto* const place = matched.get_if<Number>(); place && &item == items.data())
      return element_at(items, *place, evaluation);
    if (matched.is_true()) matching.push_back(item);
    if (!matched.is(Type::Kind::boolean) && (evaluation.strict() || !matched.is_null()))
      return evaluation.mistake("expected true or false from the filter, got " + described(matched));
  }
  evaluation.charge(matching.size() * sizeof(Value));
  return matching;
}

}  // namespace vcsr::feel
