// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/values/characters.hpp"
#include "rules/feel/values/date_and_time.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

void write(std::string& text, const Value& value);

void write_quoted(std::string& text, std::string_view string) {
  text += '"';
  for (const char c : string) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  text += '"';
}

bool is_plain_name(std::string_view name) {
  if (name.empty() || !is_name_start(character_at(name, 0).code)) return false;
  for (std::size_t at = 0; at < name.size(); at += static_cast<std::size_t>(character_at(name, at).length))
    if (const char32_t c = character_at(name, at).code; !is_name_part(c) && c != ' ') return false;
  return true;
}

void write(std::string& text, const List& list) {
  text += '[';
  for (const Value& item : list) {
    if (&item != list.data()) text += ", ";
    write(text, item);
  }
  text += ']';
}

void write(std::string& text, const Context& context) {
  text += '{';
  for (const Context::Entry& entry : context.entries()) {
    if (&entry != context.entries().data()) text += ", ";
    if (is_plain_name(entry.name)) text += entry.name;
    else write_quoted(text, entry.name);
    text += ": ";
    write(text, entry.value);
  }
  text += '}';
}

void write(std::string& text, const Range& range) {
  constexpr const char* signs[]{"", "=", "!=", "<", "<=", ">", ">="};
  const bool open_start = range.form == Range::Form::less || range.form == Range::Form::less_or_equal;
  text += range.form == Range::Form::interval && range.start_included ? '[' : '(';
  text += signs[static_cast<int>(range.form)];
  write(text, open_start ? range.end : range.start);
  if (range.form == Range::Form::interval) {
    text += "..";
    write(text, range.end);
  }
  text += range.form == Range::Form::interval && range.end_included ? ']' : ')';
}

void write(std::string& text, const Function& function) {
  text += "function(";
  for (const Parameter& parameter : function.parameters()) {
    if (text.back() != '(') text += ", ";
    text += parameter.name;
  }
  text += ')';
}

void write(std::string& text, const Value& value) {
  switch (value.kind()) {
    case Kind::string: return write_quoted(text, *value.get_if<std::string>());
    case Kind::list: return write(text, *value.get_if<List>());
    case Kind::context: return write(text, *value.get_if<Context>());
    case Kind::range: return write(text, *value.get_if<Range>());
    case Kind::function: return write(text, *value.get_if<Function>());
    default: text += to_string(value);
  }
}

}  // namespace

std::string to_string(const Value& value) {
  switch (value.kind()) {
    case Kind::boolean: return value.is_true() ? "true" : "false";
    case Kind::number: return value.get_if<Number>()->to_string();
    case Kind::string: return *value.get_if<std::string>();
    case Kind::date: return value.get_if<Date>()->to_string();
    case Kind::time: return value.get_if<Time>()->to_string();
    case Kind::date_and_time: return value.get_if<DateAndTime>()->to_string();
    case Kind::days_and_time_duration: return value.get_if<DaysAndTimeDuration>()->to_string();
    case Kind::years_and_months_duration: return value.get_if<YearsAndMonthsDuration>()->to_string();
    case Kind::list:
    case Kind::range:
    case Kind::context:
    case Kind::function: break;
    default: return "null";
  }
  std::string text;
  write(text, value);
  return text;
}

std::string to_literal(const Value& value) {
  std::string text;
  write(text, value);
  return text;
}

std::string described(const Value& value) {
  if (value.is_null()) return "null";
  return "a " + Type(value.kind()).text();
}

vcsr::Value to_fact(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return {};
    case Kind::boolean: return value.is_true();
    case Kind::number: {
      const Number number = *value.get_if<Number>();
      if (const auto whole = number.to_int64()) return *whole;
      return number.to_double();
    }
    case Kind::list: {
      vcsr::Value::List list;
      for (const Value& item : *value.get_if<List>()) list.push_back(to_fact(item));
      return list;
    }
    case Kind::context: {
      vcsr::Value::Map map;
      for (const auto& [name, item] : value.get_if<Context>()->entries())
        map.insert_or_assign(name, to_fact(item));
      return map;
    }
    default: return to_string(value);
  }
}

Value from_fact(const vcsr::Value& fact) {
  if (const auto* const truth = fact.get_if<bool>()) return *truth;
  if (const auto* const whole = fact.get_if<std::int64_t>()) return *whole;
  if (const auto* const fraction = fact.get_if<double>()) return Number::from(*fraction);
  if (const auto* const text = fact.get_if<std::string>()) return *text;
  if (const auto* const list = fact.get_if<vcsr::Value::List>()) {
    List items;
    items.reserve(list->size());
    for (const vcsr::Value& item : *list) items.push_back(from_fact(item));
    return items;
  }
  if (const auto* const map = fact.get_if<vcsr::Value::Map>()) {
    Context context;
    context.reserve(map->size());
    for (const auto& [name, item] : *map) context.put(name, from_fact(item));
    return context;
  }
  return {};
}

}  // namespace vcsr::feel
