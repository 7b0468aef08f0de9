// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin.hpp"

#include <vector>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"

namespace vcsr::feel {

namespace {

Value string_of(std::span<const Value> given, Evaluation& evaluation) {
  if (given[0].is_null()) return Arguments(given, evaluation).wrong("null has no string");
  evaluation.step(given[0].weight());
  auto text = to_string(given[0]);
  evaluation.charge(text.size());
  return text;
}

Value negated(std::span<const Value> given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const boolean = arguments.single(0).get_if<bool>();
  if (boolean != nullptr) return !*boolean;
  arguments.expected(0, "a boolean");
  return arguments.wrong();
}

constexpr Builtin general[] = {
    {"not", "negand", negated},
    {"string", "from", string_of},
};

std::vector<Builtin> gathered() {
  std::vector<Builtin> all(std::begin(general), std::end(general));
  for (const auto part : {context_builtins(), list_builtins(), number_builtins(), pattern_builtins(),
                          range_builtins(), statistics_builtins(), string_builtins(), temporal_builtins()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace

std::span<const Builtin> builtins() {
  static const std::vector<Builtin> all = gathered();
  return all;
}

}  // namespace vcsr::feel
