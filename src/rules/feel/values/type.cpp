// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/type.hpp"

#include <algorithm>
#include <array>

namespace vcsr::feel {

namespace {

struct Name {
  std::string_view name;
  Type::Kind kind;
};

/// The first name of a kind is the one it is written with.
constexpr std::array table{
    Name{"Any", Type::Kind::any},
    Name{"Null", Type::Kind::null},
    Name{"boolean", Type::Kind::boolean},
    Name{"number", Type::Kind::number},
    Name{"string", Type::Kind::string},
    Name{"date", Type::Kind::date},
    Name{"time", Type::Kind::time},
    Name{"date and time", Type::Kind::date_and_time},
    Name{"dateTime", Type::Kind::date_and_time},
    Name{"days and time duration", Type::Kind::days_and_time_duration},
    Name{"dayTimeDuration", Type::Kind::days_and_time_duration},
    Name{"years and months duration", Type::Kind::years_and_months_duration},
    Name{"yearMonthDuration", Type::Kind::years_and_months_duration},
    Name{"list", Type::Kind::list},
    Name{"range", Type::Kind::range},
    Name{"context", Type::Kind::context},
    Name{"function", Type::Kind::function},
};

const Type anything;

}  // namespace

struct Type::Parts {
  std::vector<Type> types;  // the element; or the parameters, then the result
  std::vector<Field> fields;

  bool operator==(const Parts&) const = default;
};

Type Type::list_of(Type element) {
  Type type(Kind::list);
  type.parts_ = std::make_shared<Parts>(Parts{.types = {std::move(element)}, .fields = {}});
  return type;
}

Type Type::range_of(Type element) {
  Type type(Kind::range);
  type.parts_ = std::make_shared<Parts>(Parts{.types = {std::move(element)}, .fields = {}});
  return type;
}

Type Type::context_of(std::vector<Field> fields) {
  Type type(Kind::context);
  type.parts_ = std::make_shared<Parts>(Parts{.types = {}, .fields = std::move(fields)});
  return type;
}

Type Type::function_of(std::vector<Type> parameters, Type result) {
  Type type(Kind::function);
  parameters.push_back(std::move(result));
  type.parts_ = std::make_shared<Parts>(Parts{.types = std::move(parameters), .fields = {}});
  return type;
}

Type Type::constrained(Type type, std::shared_ptr<const Constraint> constraint) {
  type.constraint_ = std::move(constraint);
  return type;
}

std::optional<Type> Type::named(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Name::name);
  return found == table.end() ? std::nullopt : std::optional<Type>(found->kind);
}

std::span<const std::string_view> Type::names() {
  static const auto all = [] {
    std::array<std::string_view, table.size()> all;
    std::ranges::transform(table, all.begin(), &Name::name);
    return all;
  }();
  return all;
}

const Type& Type::element() const {
  return parts_ && !parts_->types.empty() ? parts_->types.front() : anything;
}

const std::vector<Type::Field>& Type::fields() const {
  static const std::vector<Field> none;
  return parts_ ? parts_->fields : none;
}

const Type* Type::field(std::string_view name) const {
  const auto found = std::ranges::find(fields(), name, &Field::name);
  return found == fields().end() ? nullptr : &found->type;
}

std::optional<std::vector<Type>> Type::parameters() const {
  if (kind_ != Kind::function || !parts_) return std::nullopt;
  return std::vector<Type>(parts_->types.begin(), parts_->types.end() - 1);
}

const Type& Type::result() const {
  return parts_ && !parts_->types.empty() ? parts_->types.back() : anything;
}

std::string Type::text() const {
  std::string text(std::ranges::find(table, kind_, &Name::kind)->name);
  if (!parts_) return text;
  text += '<';
  const auto join = [&text](const std::string& item) {
    if (text.back() != '<') text += ", ";
    text += item;
  };
  const std::size_t listed = parts_->types.size() - (kind_ == Kind::function ? 1 : 0);
  for (std::size_t i = 0; i < listed; ++i) join(parts_->types[i].text());
  for (const Field& field : parts_->fields) join(field.name + ": " + field.type.text());
  text += '>';
  if (kind_ == Kind::function) text += "->" + result().text();
  return text;
}

bool Type::operator==(const Type& other) const {
  if (kind_ != other.kind_ || constraint_ != other.constraint_) return false;
  if (parts_ == other.parts_) return true;
  return parts_ && other.parts_ && *parts_ == *other.parts_;
}

namespace {

bool function_conforms(const Type& special, const Type& general) {
  const auto wanted = general.parameters();
  if (!wanted) return true;
  const auto given = special.parameters();
  if (!given || given->size() != wanted->size() || !conforms(special.result(), general.result()))
    return false;
  for (std::size_t i = 0; i < wanted->size(); ++i)
    if (!conforms((*wanted)[i], (*given)[i])) return false;
  return true;
}

}  // namespace

bool conforms(const Type& special, const Type& general) {
  if (general.is(Type::Kind::any) || special.is(Type::Kind::null)) return true;
  if (special.kind() != general.kind()) return false;
  switch (general.kind()) {
    case Type::Kind::list:
    case Type::Kind::range: return conforms(special.element(), general.element());
    case Type::Kind::context:
      return std::ranges::all_of(general.fields(), [&special](const Type::Field& field) {
        const Type* const own = special.field(field.name);
        return own && conforms(*own, field.type);
      });
    case Type::Kind::function: return function_conforms(special, general);
    default: return true;
  }
}

}  // namespace vcsr::feel
