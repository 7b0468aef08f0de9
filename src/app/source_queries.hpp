// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/toml_section.hpp"
#include "vcsr/connectors/http.hpp"
#include "vcsr/connectors/sql.hpp"
#include "vcsr/connectors/terminal.hpp"

namespace vcsr {

/// Read [source.NAME.queries] of the kinds of sources; each notes a fault where there is none.
SqlQueries read_sql_queries(TomlSection& source);
void read_http_queries(TomlSection& source, std::map<std::string, HttpQuery>& queries);
void read_column_queries(TomlSection& source, std::map<std::string, std::vector<std::string>>& queries);
void read_terminal_queries(TomlSection& source, std::map<std::string, TerminalQuery>& queries);

/// columns = ["account:10", "name:20"]
void read_widths(TomlSection& source, std::vector<std::pair<std::string, std::size_t>>& widths);
/// The steps of a conversation: [[…login]] with send and expect.
std::vector<TerminalStep> read_steps(TomlSection& section, std::string_view key);

}  // namespace vcsr
