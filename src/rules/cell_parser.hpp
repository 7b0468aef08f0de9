// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rules/cell.hpp"

namespace vcsr::rules {

/// The unary tests of a decision table's input cell (DMN 1.5, grammar rules 10 to 17, literals only):
/// "-", values, comparisons, ranges, comma lists and not(…). Throws Error(invalid) that says what
/// was expected; `type` is that of the column.
Cell parse_cell(std::string_view text, Type type);

/// An output cell: a literal; null when empty.
Value parse_output(std::string_view text, Type type);

}  // namespace vcsr::rules
