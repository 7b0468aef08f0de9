// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "rules/feel/language/evaluation.hpp"

namespace vcsr::feel {

/// One form of a built-in function (DMN 1.5 §10.3.4); others of the same name stand beside it.
struct Builtin {
  std::string_view name;
  /// "string, start position, [length]": in brackets those that may be missing; "list..." takes as many as
  /// there are.
  std::string_view parameters;
  /// Gets what was given in the order of the parameters; of those that may be missing, fewer, or null before
  /// one that was given by name.
  Value (*call)(std::span<const Value> arguments, Evaluation& evaluation);
};

/// All of them; those of one name stand together.
std::span<const Builtin> builtins();

}  // namespace vcsr::feel
