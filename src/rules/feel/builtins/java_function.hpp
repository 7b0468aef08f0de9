// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "rules/feel/language/evaluation.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

/// Calls what a model defines as an external function (DMN 1.5 §10.3.2.13.3): `mapping` is {java: {class:
/// "java.lang.Math", method signature: "cos(double)"}}, or its inner context. There is no Java here: the
/// static methods of java.lang that calculate and convert are known, with the types and the precision they
/// have there; another one is null, with a reason.
Value call_java(const Value& mapping, std::span<const Value> arguments, Evaluation& evaluation);

}  // namespace vcsr::feel
