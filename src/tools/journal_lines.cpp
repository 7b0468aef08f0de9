// SPDX-License-Identifier: Apache-2.0
#include "tools/journal_lines.hpp"

#include <cstdio>

namespace vcsr {

namespace {

/// Texts that would run into their neighbours are quoted.
std::string shown(const Value& value) {
  const std::string text = value.text();
  const bool plain = !text.empty() && text.find_first_of(" \"=\n\r\t") == std::string::npos;
  return plain ? text : to_json(value);
}

}  // namespace

bool JournalFilter::passes(const JournalEntry& entry) const {
  if (!type.empty() && entry.type != type && !entry.type.starts_with(type + ".")) return false;
  if (!subject.empty() && entry.subject != subject) return false;
  if (contact.empty() || entry.subject == contact) return true;
  const auto mentioned = entry.data.find("contact");
  return mentioned != entry.data.end() && mentioned->second.text() == contact;
}

std::string line_of(const JournalEntry& entry) {
  char head[160];
  std::snprintf(head, sizeof head, "%6llu  %s  %-20s  %s", static_cast<unsigned long long>(entry.number),
                to_string(entry.at).c_str(), entry.type.c_str(), entry.subject.c_str());
  std::string line = head;
  const char* gap = "  ";
  for (const auto& [key, value] : entry.data) {
    line.append(gap).append(key).append("=").append(shown(value));
    gap = " ";
  }
  return line;
}

std::string json_of(const JournalEntry& entry) {
  return to_json(Value::Map{{"number", entry.number},
                            {"at", to_string(entry.at)},
                            {"type", entry.type},
                            {"subject", entry.subject},
                            {"data", entry.data}});
}

std::string json_of(const StoredEntry& entry) {
  Value::Map line{{"number", entry.number}, {"at", to_string(entry.at)}, {"version", entry.version},
                  {"type", entry.type},     {"subject", entry.subject},  {"data", from_json(entry.data)}};
  if (entry.hash) line["hash"] = to_string(*entry.hash);
  return to_json(line);
}

}  // namespace vcsr
