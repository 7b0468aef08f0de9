// SPDX-License-Identifier: Apache-2.0
#include "connectors/sql_queries.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr::connectors {

std::shared_ptr<const SqlStatements> statements_of(const std::string& source, const SqlQueries& queries,
                                                   const std::function<std::string(std::size_t)>& place) {
  auto statements = std::make_shared<SqlStatements>();
  for (const auto& [name, statement] : queries) {
    if (statement.find_first_not_of(" \t\r\n") == statement.npos)
      throw Error(Error::Code::invalid, "source " + source + ": query " + name +
                                            " is empty: write a statement such as SELECT name FROM customer "
                                            "WHERE phone = :phone");
    statements->emplace(name, prepared(statement, place));
  }
  return statements;
}

Queries needs_of(const SqlStatements& statements) {
  Queries needs;
  for (const auto& [name, statement] : statements) needs.emplace(name, statement.parameters);
  return needs;
}

}  // namespace vcsr::connectors
