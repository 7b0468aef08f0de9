// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

/// Statements by their names. Parameters stand as ":name" and are bound, never pasted. Rows are facts by the
/// names of their columns; a statement without columns answers {"changed": how many}.
using SqlQueries = std::map<std::string, std::string>;

/// A database file. Opened for reading only unless `writes`. Throws Error(invalid) naming a query that is
/// empty; a file that is missing is an outcome, as it may come.
VCSR_EXPORT std::unique_ptr<DataSource> make_sqlite_source(Loop& loop, ConnectorOptions options,
                                                           std::string path, SqlQueries queries,
                                                           bool writes = false);

}  // namespace vcsr
