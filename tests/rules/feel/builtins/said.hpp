// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/expression.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

/// What an expression evaluates to, as FEEL writes it: strings in quotes.
inline std::string said(std::string_view text, const Scope& scope = {},
                        const std::vector<Value>& variables = {}, Mode mode = Mode::spec) {
  Evaluation evaluation(Evaluation::Options{.mode = mode});
  return to_literal(Expression::parse(text, scope).evaluate(variables, evaluation));
}

/// Why an expression is not read or, in strict mode, not evaluated.
inline std::string refused(std::string_view text, const Scope& scope = {},
                           const std::vector<Value>& variables = {}) {
  try {
    return "not refused: " + said(text, scope, variables, Mode::strict);
  } catch (const Error& error) {
    return error.what();
  }
}

/// Why an expression is null.
inline std::string reason(std::string_view text) {
  Evaluation evaluation;
  const Value value = Expression::parse(text, {}).evaluate({}, evaluation);
  return value.reason() ? value.reason()->at.text() + ": " + value.reason()->text : "no reason";
}

}  // namespace vcsr::feel
