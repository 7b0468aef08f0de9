// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/language/expression.hpp"
#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

/// The one type that all are of.
Type common_type(const List& items) {
  Type common = Kind::null;
  for (const Value& item : items) {
    const Type type = type_of(item);
    if (conforms(common, type)) common = type;
    else if (!conforms(type, common)) return {};
  }
  return common;
}

Type type_of(const Function& function) {
  std::vector<Type> parameters;
  for (const Parameter& parameter : function.parameters()) parameters.push_back(parameter.type);
  return Type::function_of(std::move(parameters), function.result());
}

bool structure_conforms(const Value& value, const Type& type) {
  if (type.is(Kind::any)) return true;
  if (value.kind() != type.kind()) return false;
  if (const auto* const list = value.get_if<List>())
    return std::ranges::all_of(*list, [&](const Value& item) { return conforms(item, type.element()); });
  if (const auto* const context = value.get_if<Context>())
    return std::ranges::all_of(type.fields(), [&](const Type::Field& field) {
      const Value* const entry = context->find(field.name);
      return entry && conforms(*entry, field.type);
    });
  if (const auto* const range = value.get_if<Range>())
    return conforms(range->start, type.element()) && conforms(range->end, type.element());
  return conforms(feel::type_of(value), type);
}

/// What the standard lets stand for a value of another type.
std::optional<Value> converted(const Value& value, const Type& type) {
  const auto* const list = value.get_if<List>();
  if (list && !type.is(Kind::list) && list->size() == 1 && conforms(list->front(), type))
    return list->front();
  if (type.is(Kind::list) && !list && conforms(value, type.element())) {
    Value wrapped(List{value});
    if (conforms(wrapped, type)) return wrapped;
  }
  const auto* const date = value.get_if<Date>();
  if (date && type.is(Kind::date_and_time)) return DateAndTime::midnight(*date);
  return std::nullopt;
}

}  // namespace

Type type_of(const Value& value) {
  if (const auto* const list = value.get_if<List>()) return Type::list_of(common_type(*list));
  if (const auto* const range = value.get_if<Range>())
    return Type::range_of(common_type({range->start, range->end}));
  if (const auto* const function = value.get_if<Function>()) return type_of(*function);
  const auto* const context = value.get_if<Context>();
  if (!context) return value.kind();
  std::vector<Type::Field> fields;
  for (const auto& [name, entry] : context->entries()) fields.push_back({name, type_of(entry)});
  return Type::context_of(std::move(fields));
}

bool conforms(const Value& value, const Type& type) {
  if (value.is_null()) return true;
  return structure_conforms(value, type) && (!type.constraint() || type.constraint()->allows(value));
}

Value coerced(const Value& value, const Type& type, Evaluation& evaluation) {
  if (conforms(value, type)) return value;
  if (std::optional<Value> stands = converted(value, type)) return std::move(*stands);
  std::string text = to_string(value);
  if (text.size() > 60) text = text.substr(0, 60) + "…";
  if (value.kind() == type.kind())
    return evaluation.mistake("expected a value of the type " + type.text() + " that it allows, got " + text);
  return evaluation.mistake("expected " + type.text() + ", got " + described(value) + ": " + text);
}

}  // namespace vcsr::feel
