// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/decision_table.hpp"

namespace vcsr::rules {

/// The decision tables of a DMN document, in its order. Throws Error(invalid) with one line per fault.
std::vector<DecisionTable> read_dmn(std::string_view xml, const std::string& document);

}  // namespace vcsr::rules
