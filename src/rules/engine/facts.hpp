// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/feel/language/evaluation.hpp"

namespace vcsr::rules {

/// A fact as a variable of this type wants it: texts become dates, times and durations where the type asks
/// for them, in lists and contexts too.
feel::Value from_fact(const vcsr::Value& fact, const feel::Type& type, feel::Evaluation& evaluation);

/// A value of a temporal type from FEEL's text of it: "2027-01-31", "PT5M". Null where it is none.
feel::Value temporal(const std::string& text, feel::Type::Kind kind, feel::Evaluation& evaluation);

}  // namespace vcsr::rules
