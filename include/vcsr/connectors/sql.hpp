// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "vcsr/base/secret.hpp"
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

/// `connection` as libpq takes it: "host=db dbname=bank user=vcsr" or a URI. Numbers, truth values and JSON
/// come as such, all else as text.
VCSR_EXPORT std::unique_ptr<DataSource> make_postgres_source(Loop& loop, ConnectorOptions options,
                                                             Secret connection, SqlQueries queries);

/// `connection` as unixODBC takes it: "Driver={PostgreSQL Unicode};Server=db;Database=bank" or "DSN=bank".
VCSR_EXPORT std::unique_ptr<DataSource> make_odbc_source(Loop& loop, ConnectorOptions options,
                                                         Secret connection, SqlQueries queries);

}  // namespace vcsr
