// SPDX-License-Identifier: Apache-2.0
#include "app/source_queries.hpp"

#include <charconv>

namespace vcsr {

namespace {

std::optional<TomlSection> queries_of(TomlSection& source, const char* example) {
  std::optional<TomlSection> queries = source.section("queries");
  if (!queries && !source.has("queries"))
    source.fault("queries", std::string("are missing: expected at least one, such as ") + example);
  return queries;
}

}  // namespace

SqlQueries read_sql_queries(TomlSection& source) {
  SqlQueries read;
  auto queries = queries_of(source, "customer = \"SELECT name FROM customer WHERE phone = :phone\"");
  if (!queries) return read;
  for (const auto& [name, statement] : queries->rest()) queries->require(name, read[name]);
  return read;
}

void read_http_queries(TomlSection& source, std::map<std::string, HttpQuery>& read) {
  auto queries = queries_of(source, "customer = { path = \"/customers/{phone}\" }");
  if (!queries) return;
  for (const auto& [name, ignored] : queries->rest()) {
    auto section = queries->section(name);
    if (!section) continue;
    HttpQuery& query = read[name];
    section->read("method", query.method);
    section->read("path", query.path);
    section->read("rows", query.rows);
    section->finish();
  }
}

void read_column_queries(TomlSection& source, std::map<std::string, std::vector<std::string>>& read) {
  auto queries = queries_of(source, "customer = [\"phone\"]");
  if (!queries) return;
  for (const auto& [name, ignored] : queries->rest()) queries->read(name, read[name]);
}

void read_terminal_queries(TomlSection& source, std::map<std::string, TerminalQuery>& read) {
  auto queries = queries_of(source, "balance = { steps = [{ send = \"BAL {account}\", expect = \"> \" }] }");
  if (!queries) return;
  for (const auto& [name, ignored] : queries->rest()) {
    auto section = queries->section(name);
    if (!section) continue;
    TerminalQuery& query = read[name];
    query.steps = read_steps(*section, "steps");
    section->read("not_found", query.not_found);
    if (auto columns = section->section("columns"))
      for (const auto& [column, label] : columns->rest()) query.columns.emplace(column, label.text());
    section->finish();
  }
}

void read_widths(TomlSection& source, std::vector<std::pair<std::string, std::size_t>>& widths) {
  std::vector<std::string> columns;
  source.read("columns", columns);
  for (const std::string& column : columns) {
    const std::size_t colon = column.rfind(':');
    const char* const begin = column.c_str() + (colon == column.npos ? column.size() : colon + 1);
    const char* const end = column.c_str() + column.size();
    std::size_t width = 0;
    const auto [stopped, error] = std::from_chars(begin, end, width);
    if (error != std::errc() || stopped != end || width == 0 || colon == 0)
      source.wrong("columns", "names and how many bytes each has, such as \"account:10\"");
    else widths.emplace_back(column.substr(0, colon), width);
  }
}

std::vector<TerminalStep> read_steps(TomlSection& section, std::string_view key) {
  std::vector<TerminalStep> steps;
  for (TomlSection& step : section.sections(key)) {
    TerminalStep& read = steps.emplace_back();
    step.read("send", read.send);
    step.read("expect", read.expect);
    step.finish();
  }
  return steps;
}

}  // namespace vcsr
