// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "rules/feel/language/evaluation.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

/// A range of literals as FEEL's range() reads it: "[1..5)", "]\"a\"..\"c\"]", "(..@\"2024-12-31\"]". One end
/// may be missing where its bracket is open. Nothing for another text and where the ends are of different
/// types.
std::optional<Range> range_from_text(std::string_view text, Evaluation& evaluation);

}  // namespace vcsr::feel
