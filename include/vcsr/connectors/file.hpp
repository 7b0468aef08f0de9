// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/connectors/connector.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

/// A file with a row per line, in UTF-8. It is read again when it has changed.
struct TableFile {
  std::string path = {};
  /// Of CSV (RFC 4180), whose first line names the columns.
  char separator = ',';
  /// Of fixed-width lines: names and how many bytes each has; blanks around a value are no part of it. Empty:
  /// it is CSV.
  std::vector<std::pair<std::string, std::size_t>> widths = {};
  /// Queries and the columns they compare with the parameters of those names.
  std::map<std::string, std::vector<std::string>> queries = {};
};

/// All values are texts. A file that is missing or broken is an outcome. Throws Error(invalid) naming what
/// cannot be.
VCSR_EXPORT std::unique_ptr<DataSource> make_file_source(Loop& loop, ConnectorOptions options,
                                                         TableFile file);

}  // namespace vcsr
