// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "connectors/connection.hpp"
#include "connectors/sql_text.hpp"
#include "vcsr/connectors/sql.hpp"

namespace vcsr::connectors {

/// By the names of their queries.
using SqlStatements = std::map<std::string, SqlText>;

/// Throws Error(invalid) naming a query without a statement.
std::shared_ptr<const SqlStatements> statements_of(const std::string& source, const SqlQueries& queries,
                                                   const std::function<std::string(std::size_t)>& place);
/// The parameters they need.
Queries needs_of(const SqlStatements& statements);

}  // namespace vcsr::connectors
