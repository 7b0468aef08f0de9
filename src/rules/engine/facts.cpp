// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/facts.hpp"

#include "rules/feel/language/expression.hpp"

namespace vcsr::rules {

using feel::Value;
using Kind = feel::Type::Kind;

namespace {

/// FEEL's own reading of a text as a value of this kind.
struct Reading {
  explicit Reading(const char* function) : expression(parse(function)) {}

  static feel::Expression parse(const char* function) {
    feel::Scope scope;
    scope.add("from", feel::Type(Kind::string));
    return feel::Expression::parse(std::string(function) + "(from)", scope);
  }

  feel::Expression expression;
};

const feel::Expression* reading_of(Kind kind) {
  static const Reading date("date"), time("time"), date_and_time("date and time"), duration("duration");
  switch (kind) {
    case Kind::date: return &date.expression;
    case Kind::time: return &time.expression;
    case Kind::date_and_time: return &date_and_time.expression;
    case Kind::days_and_time_duration:
    case Kind::years_and_months_duration: return &duration.expression;
    default: return nullptr;
  }
}

}  // namespace

Value temporal(const std::string& text, Kind kind, feel::Evaluation& evaluation) {
  const std::vector<Value> from = {Value(text)};
  return reading_of(kind)->evaluate(from, evaluation);
}

Value from_fact(const vcsr::Value& fact, const feel::Type& type, feel::Evaluation& evaluation) {
  if (const auto* const text = fact.get_if<std::string>())
    return reading_of(type.kind()) ? temporal(*text, type.kind(), evaluation) : Value(*text);
  if (const auto* const list = fact.get_if<vcsr::Value::List>()) {
    feel::List values;
    for (const vcsr::Value& element : *list) values.push_back(from_fact(element, type.element(), evaluation));
    return values;
  }
  if (const auto* const map = fact.get_if<vcsr::Value::Map>()) {
    feel::Context context;
    for (const auto& [name, entry] : *map) {
      const feel::Type* const field = type.field(name);
      context.put(name, from_fact(entry, field ? *field : feel::Type(), evaluation));
    }
    return context;
  }
  return feel::from_fact(fact);
}

}  // namespace vcsr::rules
