// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/aggregation.hpp"

#include "rules/engine/types.hpp"

namespace vcsr::rules {

using feel::Value;

Value sum_of(const feel::List& values, feel::Evaluation& evaluation) {
  feel::Number sum;
  for (const Value& value : values) {
    const auto* const number = value.get_if<feel::Number>();
    if (!number) return mistake(evaluation, feel::described(value) + " cannot be summed up");
    sum = sum + *number;
  }
  return sum;
}

Value extreme_of(const feel::List& values, std::partial_ordering order, feel::Evaluation& evaluation) {
  Value best = values.front();
  for (const Value& value : values) {
    const std::optional<std::partial_ordering> found = feel::compare(value, best);
    if (!found)
      return mistake(evaluation,
                     feel::described(value) + " cannot be compared with " + feel::described(best));
    if (*found == order) best = value;
  }
  return best;
}

std::size_t place_in(const feel::List& order, const Value& value) {
  std::size_t place = 0;
  while (place < order.size() && feel::equal(order[place], value) != true) ++place;
  return place;
}

}  // namespace vcsr::rules
