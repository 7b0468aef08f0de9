// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/types.hpp"

#include <algorithm>
#include <set>

#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace {

bool is_restricted(const ItemType& type) {
  const auto below = [](const ItemTypePtr& part) { return part && part->restricted; };
  return type.allowed || type.constraint || below(type.base) ||
         std::any_of(type.components.begin(), type.components.end(),
                     [&below](const ItemType::Component& component) { return below(component.type); });
}

std::optional<std::string> breach_of_one(const feel::Value& value, const ItemType& type,
                                         feel::Evaluation& evaluation) {
  if (type.allowed && !type.allowed->matches(value, {}, evaluation))
    return "expected one of " + type.allowed_text + ", got " + shown(value);
  if (const auto* const context = value.get_if<feel::Context>()) {
    for (const ItemType::Component& component : type.components) {
      const feel::Value* const entry = context->find(component.name);
      if (!entry) continue;
      if (const auto wrong = breach(*entry, *component.type, evaluation))
        return component.name + ": " + *wrong;
    }
  }
  return type.base ? breach(value, *type.base, evaluation) : std::nullopt;
}

}  // namespace

std::string shown(const feel::Value& value) { return to_json(feel::to_fact(value)); }

std::string wanted(const feel::Type& type) {
  switch (type.kind()) {
    case feel::Type::Kind::any: return "a value";
    case feel::Type::Kind::boolean: return "a boolean";
    case feel::Type::Kind::number: return "a number";
    case feel::Type::Kind::string: return "a string";
    default: return "a value of the type " + type.text();
  }
}

feel::Value mistake(const feel::Evaluation& evaluation, const std::string& reason) {
  if (evaluation.strict()) throw Error(Error::Code::invalid, reason);
  return feel::Value::null(reason);
}

const ItemType* ItemType::component(std::string_view name) const {
  for (const Component& each : components)
    if (each.name == name) return each.type.get();
  return base && !base->collection ? base->component(name) : nullptr;
}

std::optional<std::string> breach(const feel::Value& value, const ItemType& type,
                                  feel::Evaluation& evaluation) {
  if (!type.restricted || value.is_null()) return {};
  if (type.constraint && !type.constraint->matches(value, {}, evaluation))
    return "expected what " + type.constraint_text + " holds for, got " + shown(value);
  if (!type.collection) return breach_of_one(value, type, evaluation);
  const auto* const list = value.get_if<feel::List>();
  if (!list) return {};
  for (const feel::Value& element : *list) {
    evaluation.step();
    if (auto wrong = breach_of_one(element, type, evaluation)) return wrong;
  }
  return {};
}

feel::Value accepted(const feel::Value& value, const ItemType& type, feel::Evaluation& evaluation) {
  if (value.is_null()) return value;
  if (type.type.is(feel::Type::Kind::any) && !type.restricted) return value;
  feel::Value held = feel::coerced(value, type.type, evaluation);
  if (!type.restricted) return held;
  if (const auto wrong = breach(held, type, evaluation)) return mistake(evaluation, *wrong);
  return held;
}

feel::Value received(const feel::Value& value, const ItemType& type, feel::Evaluation& evaluation) {
  try {
    return accepted(value, type, evaluation);
  } catch (const Error& error) {
    // What is of the type but not allowed has been told already.
    if (error.code() != Error::Code::invalid || feel::conforms(value, type.type)) throw;
    throw Error(Error::Code::invalid, "expected " + wanted(type.type) + " or null, got " + shown(value));
  }
}

ItemTypePtr any_type() {
  static const ItemTypePtr any = std::make_shared<const ItemType>();
  return any;
}

ItemTypePtr core_type(std::string_view name) {
  if (name.empty() || name == "Any") return any_type();
  std::string_view feel_name = name;
  if (name == "dateTime") feel_name = "date and time";
  if (name == "dayTimeDuration") feel_name = "days and time duration";
  if (name == "yearMonthDuration") feel_name = "years and months duration";
  const std::optional<feel::Type> type = feel::Type::named(feel_name);
  return type ? std::make_shared<const ItemType>(ItemType{.type = *type}) : nullptr;
}

Types::Types(const model::Definitions& definitions, Imported imported, model::Faults& faults)
    : definitions_(definitions), imported_(std::move(imported)) {
  std::set<std::string> names;
  for (const model::ItemDefinition& item : definitions.types) {
    const std::string where = "type '" + item.name + "'";
    if (!names.insert(item.name).second) faults.add(item.line, where, "there is another of this name");
    resolve(item.name, where, item.line, faults);
  }
  for (const auto& [name, type] : types_) named_.push_back({name, type->type});
  for (const auto& [import, types] : imported_)
    for (const feel::Type::Field& field : types->named())
      named_.push_back({import.empty() ? field.name : import + "." + field.name, field.type});
}

ItemTypePtr Types::foreign(std::string_view name) const {
  for (const auto& [import, types] : imported_) {
    if (import.empty()) {
      if (ItemTypePtr type = types->find(name)) return type;
    } else if (name.starts_with(import + ".")) {
      return types->find(name.substr(import.size() + 1));
    }
  }
  const std::size_t hash = name.find('#');
  if (hash == std::string_view::npos) return nullptr;
  if (name.substr(0, hash) == definitions_.space) return find(name.substr(hash + 1));
  for (const model::Import& import : definitions_.imports) {
    const auto types = imported_.find(import.name);
    if (import.space == name.substr(0, hash) && types != imported_.end())
      return types->second->find(name.substr(hash + 1));
  }
  return nullptr;
}

ItemTypePtr Types::find(std::string_view name) const {
  const auto own = types_.find(name);
  if (own != types_.end()) return own->second;
  if (ItemTypePtr type = core_type(name)) return type;
  return foreign(name);
}

ItemTypePtr Types::resolve(const std::string& name, const std::string& where, int line,
                           model::Faults& faults) {
  const auto built = types_.find(name);
  if (built != types_.end()) return built->second;
  for (const model::ItemDefinition& item : definitions_.types) {
    if (item.name != name) continue;
    if (std::find(building_.begin(), building_.end(), name) != building_.end()) {
      // A structure may hold itself in a component: there, anything is taken.
      return any_type();
    }
    building_.push_back(name);
    ItemTypePtr type = build(item, "type '" + name + "'", faults);
    building_.pop_back();
    types_[name] = type;
    return type;
  }
  if (ItemTypePtr known = find(name)) return known;
  faults.add(line, where, "there is no type '" + name + "'");
  return any_type();
}

ItemTypePtr Types::build(const model::ItemDefinition& item, const std::string& where, model::Faults& faults) {
  ItemType type{.collection = item.collection};
  feel::Type one;
  if (item.function) {
    std::vector<feel::Type> parameters;
    for (const model::Variable& parameter : item.function->parameters)
      parameters.push_back(resolve(parameter.type, where, parameter.line, faults)->type);
    one = feel::Type::function_of(std::move(parameters),
                                  resolve(item.function->result, where, item.line, faults)->type);
  } else if (!item.components.empty()) {
    std::vector<feel::Type::Field> fields;
    for (const model::ItemDefinition& component : item.components) {
      const std::string inside = where + ": component '" + component.name + "'";
      type.components.push_back({component.name, build(component, inside, faults)});
      fields.push_back({component.name, type.components.back().type->type});
    }
    one = feel::Type::context_of(std::move(fields));
  } else {
    type.base = resolve(item.type, where, item.line, faults);
    one = type.base->type;
  }
  type.type = item.collection ? feel::Type::list_of(one) : one;
  restrict(item, where, type, faults);
  type.restricted = is_restricted(type);
  return std::make_shared<const ItemType>(std::move(type));
}

void Types::restrict(const model::ItemDefinition& item, const std::string& where, ItemType& type,
                     model::Faults& faults) {
  const feel::Type& one = item.collection ? type.type.element() : type.type;
  try {
    if (item.allowed) {
      type.allowed_text = item.allowed->text;
      type.allowed = feel::UnaryTests::parse(item.allowed->text, {}, one);
    }
    if (item.constraint) {
      type.constraint_text = item.constraint->text;
      type.constraint = feel::UnaryTests::parse(item.constraint->text, {}, type.type);
    }
  } catch (const Error& error) {
    faults.add(item.allowed ? item.allowed->line : item.constraint->line, where + ": allowed values",
               error.what());
  }
}

}  // namespace vcsr::rules
