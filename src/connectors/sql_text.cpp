// SPDX-License-Identifier: Apache-2.0
#include "connectors/sql_text.hpp"

#include <cctype>

namespace vcsr::connectors {

namespace {

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// Where what begins at `at` and is no statement ends; `at` itself where that is none.
std::size_t skipped(const std::string& text, std::size_t at) {
  const auto after = [&text, at](const char* end, std::size_t from) {
    const std::size_t found = text.find(end, at + from);
    return found == text.npos ? text.size() : found + std::string(end).size();
  };
  if (text[at] == '\'') return after("'", 1);
  if (text[at] == '"') return after("\"", 1);
  if (text.compare(at, 2, "--") == 0) return after("\n", 2);
  if (text.compare(at, 2, "/*") == 0) return after("*/", 2);
  if (text.compare(at, 2, "::") == 0) return at + 2;
  return at;
}

}  // namespace

SqlText prepared(const std::string& statement, const std::function<std::string(std::size_t)>& place) {
  SqlText made;
  for (std::size_t at = 0; at < statement.size();) {
    if (const std::size_t end = skipped(statement, at); end > at) {
      made.text += statement.substr(at, end - at);
      at = end;
      continue;
    }
    std::size_t end = at + 1;
    while (end < statement.size() && is_letter(statement[end])) ++end;
    if (statement[at] == ':' && end > at + 1) {
      made.parameters.push_back(statement.substr(at + 1, end - at - 1));
      made.text += place(made.parameters.size());
      at = end;
    } else {
      made.text += statement[at++];
    }
  }
  return made;
}

}  // namespace vcsr::connectors
