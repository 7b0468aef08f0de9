// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "rules/feel/builtins/builtin.hpp"

namespace vcsr::feel {

// The parts of builtins(), by subject.
std::span<const Builtin> context_builtins();
std::span<const Builtin> list_builtins();
std::span<const Builtin> number_builtins();
std::span<const Builtin> pattern_builtins();
std::span<const Builtin> range_builtins();
std::span<const Builtin> statistics_builtins();
std::span<const Builtin> string_builtins();
std::span<const Builtin> temporal_builtins();

}  // namespace vcsr::feel
