// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sstream>
#include <unordered_map>

#include "store/journal/event_texts.hpp"
#include "store/journal/event_upcasts.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_schema.hpp"

namespace vcsr {

namespace {

constexpr std::array kinds{"text",    "id",   "word", "time", "count", "number",
                           "seconds", "flag", "map",  "list", "any"};

/// The kind of this name; a word for what is none.
FieldKind kind_named(const std::string& name) {
  const auto found = std::find(kinds.begin(), kinds.end(), name);
  return found == kinds.end() ? FieldKind::word : static_cast<FieldKind>(found - kinds.begin());
}

std::vector<std::string> split(const std::string& words) {
  std::vector<std::string> all(1);
  for (const char letter : words)
    if (letter == '|') all.emplace_back();
    else all.back() += letter;
  return all;
}

EventField field_of(const std::string& line) {
  std::istringstream words(line);
  EventField field;
  std::string kind;
  words >> field.name >> kind >> std::ws;
  std::getline(words, field.meaning);
  field.kind = kind_named(kind);
  if (field.kind == FieldKind::word) field.words = split(kind);
  if (!field.name.ends_with('?')) return field;
  field.name.pop_back();
  field.always = false;
  return field;
}

EventSchema schema_of(const EventText& text) {
  EventSchema schema{.type = text.type,
                     .version = event_version(text.type),
                     .subject = text.subject,
                     .meaning = text.meaning,
                     .fields = {}};
  std::istringstream lines(text.fields);
  for (std::string line; std::getline(lines, line);) schema.fields.push_back(field_of(line));
  return schema;
}

const char* kind_of(const Value& value) {
  constexpr std::array names{"nothing", "flag", "count", "number", "text", "list", "map"};
  return names[value.variant().index()];
}

bool is_number(const Value& value) { return value.get_if<double>() || value.get_if<std::int64_t>(); }

bool is_time(const std::string& text) {
  if (text.empty()) return true;
  try {
    parse_wall_time(text);
    return true;
  } catch (const Error&) {
    return false;
  }
}

bool suits(const EventField& field, const Value& value) {
  const std::string* const text = value.get_if<std::string>();
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::id: return text != nullptr;
    case FieldKind::word: return text && std::count(field.words.begin(), field.words.end(), *text) > 0;
    case FieldKind::time: return text && is_time(*text);
    case FieldKind::count: return value.get_if<std::int64_t>() != nullptr;
    case FieldKind::number:
    case FieldKind::seconds: return is_number(value);
    case FieldKind::flag: return value.get_if<bool>() != nullptr;
    case FieldKind::map: return value.get_if<Value::Map>() != nullptr;
    case FieldKind::list: return value.get_if<Value::List>() != nullptr;
    case FieldKind::any: return true;
  }
  return false;
}

std::string expected(const EventField& field) {
  if (field.kind != FieldKind::word) return to_string(field.kind);
  std::string words;
  for (const std::string& word : field.words) words.append(words.empty() ? "" : ", ").append(to_json(word));
  return words;
}

std::string got(const EventField& field, const Value& value) {
  return field.kind == FieldKind::word || field.kind == FieldKind::time ? to_json(value) : kind_of(value);
}

}  // namespace

const char* to_string(FieldKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

const std::vector<EventSchema>& event_schemas() {
  static const std::vector<EventSchema> all = [] {
    std::vector<EventSchema> schemas;
    for (const auto texts : {contact_events(), center_events()})
      for (const EventText& text : texts) schemas.push_back(schema_of(text));
    return schemas;
  }();
  return all;
}

const EventSchema* event_schema(std::string_view type) {
  static const std::unordered_map<std::string_view, const EventSchema*> by_type = [] {
    std::unordered_map<std::string_view, const EventSchema*> schemas;
    for (const EventSchema& schema : event_schemas()) schemas.emplace(schema.type, &schema);
    return schemas;
  }();
  const auto found = by_type.find(type);
  return found == by_type.end() ? nullptr : found->second;
}

std::vector<std::string> schema_faults(const JournalEntry& entry) {
  const EventSchema* const schema = event_schema(entry.type);
  if (!schema) return {};
  std::vector<std::string> faults;
  const auto add = [&](const std::string& field, const std::string& why) {
    faults.push_back(entry.type + ": " + field + ": " + why);
  };
  std::size_t known = 0;
  for (const EventField& field : schema->fields) {
    const auto found = entry.data.find(field.name);
    if (found == entry.data.end()) {
      if (field.always) add(field.name, "is missing");
      continue;
    }
    ++known;
    if (!suits(field, found->second))
      add(field.name, "expected " + expected(field) + ", got " + got(field, found->second));
  }
  if (known == entry.data.size()) return faults;
  for (const auto& [name, value] : entry.data)
    if (std::none_of(schema->fields.begin(), schema->fields.end(),
                     [&name = name](const EventField& field) { return field.name == name; }))
      add(name, "is in no schema");
  return faults;
}

}  // namespace vcsr
