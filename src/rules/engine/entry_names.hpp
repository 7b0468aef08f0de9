// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/model/definitions.hpp"

namespace vcsr::rules {

/// The names that entries of contexts have in a document and that are more than one word, so that
/// "Loan.monthly rate" is read as a path wherever the context comes from.
void add_entry_names(const model::Definitions& definitions, std::vector<std::string>& names);

}  // namespace vcsr::rules
