// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vcsr/base/value.hpp"

namespace vcsr::connectors {

/// The rows of CSV (RFC 4180) whose first line names the columns. Throws Error(invalid) naming the line.
std::vector<Facts> csv_rows(std::string_view text, char separator, const std::string& document);

/// The rows of lines whose columns have these widths in bytes. Throws Error(invalid) naming a line that is
/// too long.
std::vector<Facts> fixed_rows(std::string_view text,
                              const std::vector<std::pair<std::string, std::size_t>>& widths,
                              const std::string& document);

}  // namespace vcsr::connectors
