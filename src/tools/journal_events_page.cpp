// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_events_page.hpp"

#include "vcsr/journal_schema.hpp"

namespace vcsr {

namespace {

constexpr const char* head = R"(# Entries of the journal

[简体中文](zh/journal-events.md)

Made by `vcsr journal events` from the schemas in the library (`vcsr/journal_schema.hpp`): every type of entries that it
writes, what the entry's subject is, and the fields of its data. Kinds: `id` of a contact, agent, queue, …; `time` as RFC 3339
in UTC; `seconds` with fractions; `flag`: true or false; an empty text stands for none. A field with `?` is missing where it
means nothing. Entries of an earlier version of their type are read as if they were of the present one.
)";

void write_field(std::string& page, const EventField& field) {
  std::string kind;
  for (const std::string& word : field.words)
    kind.append(kind.empty() ? "" : ", ").append("`\"").append(word).append("\"`");
  page.append("| `").append(field.name).append(field.always ? "`" : "`?").append(" | ");
  page.append(kind.empty() ? to_string(field.kind) : kind).append(" | ").append(field.meaning).append(" |\n");
}

void write_type(std::string& page, const EventSchema& schema) {
  page.append("\n## ").append(schema.type).append("\n\n");
  if (!schema.meaning.empty()) page.append("What it says: ").append(schema.meaning).append(". ");
  page.append("Subject: ").append(schema.subject.empty() ? "none" : "the " + schema.subject);
  page.append(". Version ").append(std::to_string(schema.version)).append(".\n");
  if (schema.fields.empty()) return;
  page.append("\n| field | kind | |\n|---|---|---|\n");
  for (const EventField& field : schema.fields) write_field(page, field);
}

}  // namespace

std::string journal_events_page() {
  std::string page = head;
  for (const EventSchema& schema : event_schemas()) write_type(page, schema);
  return page;
}

}  // namespace vcsr
