// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/feel/language/code.hpp"
#include "rules/feel/language/evaluation.hpp"

namespace vcsr::feel {

/// FEEL's + - * / ** (DMN 1.5 tables 53 to 58); a mistake where the types have none.
Value arithmetic(Sign sign, const Value& left, const Value& right, Evaluation& evaluation);
Value negated(const Value& value, Evaluation& evaluation);

/// = != < <= > >=
Value compared(Sign sign, const Value& left, const Value& right, Evaluation& evaluation);

/// "value in test", where a test is a value, a list of them or a range.
std::optional<bool> is_in(const Value& value, const Value& test);

/// "> 5" as a value.
Value half_range(Sign sign, const Value& end, Evaluation& evaluation);
Value interval(Range range, Evaluation& evaluation);

}  // namespace vcsr::feel
