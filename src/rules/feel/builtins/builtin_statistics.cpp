// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

/// The numbers of a list or of the arguments; nothing, with a reason, where there is anything else.
std::optional<std::vector<Number>> numbers(Arguments& arguments) {
  std::vector<Number> found;
  for (const auto& element : arguments.elements()) {
    const auto* const number = element.get_if<Number>();
    if (number == nullptr) {
      arguments.expected_elements("numbers", element);
      return std::nullopt;
    }
    found.push_back(*number);
  }
  return found;
}

Value empty_list(const Arguments& arguments) { return arguments.evaluation().nothing("the list is empty"); }

Number sum_of(const std::vector<Number>& numbers) {
  Number sum;
  for (const auto number : numbers) sum = sum + number;
  return sum;
}

Number count_of(const std::vector<Number>& numbers) { return static_cast<std::int64_t>(numbers.size()); }

Value sum(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  return found->empty() ? empty_list(arguments) : Value(sum_of(*found));
}

Value product(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  if (found->empty()) return empty_list(arguments);
  Number result = 1;
  for (const auto number : *found) result = result * number;
  return result;
}

Value mean(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  return found->empty() ? empty_list(arguments) : Value(sum_of(*found) / count_of(*found));
}

Value median(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  if (found->empty()) return empty_list(arguments);
  std::sort(found->begin(), found->end());
  const auto middle = found->size() / 2;
  if (found->size() % 2 == 1) return (*found)[middle];
  return ((*found)[middle - 1] + (*found)[middle]) / Number(2);
}

Value stddev(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  if (found->size() < 2) return arguments.wrong("a standard deviation needs two numbers at least");
  const auto average = sum_of(*found) / count_of(*found);
  Number squares;
  for (const auto number : *found) squares = squares + (number - average) * (number - average);
  return (squares / (count_of(*found) - Number(1))).sqrt();
}

Value mode(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  auto found = numbers(arguments);
  if (!found) return arguments.wrong();
  std::sort(found->begin(), found->end());
  List most;
  std::ptrdiff_t times = 0;
  for (auto at = found->begin(); at != found->end();) {
    const auto next = std::upper_bound(at, found->end(), *at);
    if (next - at > times) most.clear();
    if (next - at >= times) most.emplace_back(*at);
    times = std::max(times, next - at);
    at = next;
  }
  return most;
}

/// The element that is before all others in the direction of `order`.
Value extreme(Arguments arguments, std::partial_ordering order) {
  const auto elements = arguments.elements();
  if (elements.empty()) return empty_list(arguments);
  const Value* found = &elements.front();
  for (const auto& element : elements) {
    const auto compared = compare(element, *found);
    if (!compared || *compared == std::partial_ordering::unordered) {
      return arguments.wrong("no order between " + described(*found) + " and " + described(element));
    }
    if (*compared == order) found = &element;
  }
  return *found;
}

Value minimum(Given given, Evaluation& evaluation) {
  return extreme({given, evaluation}, std::partial_ordering::less);
}

Value maximum(Given given, Evaluation& evaluation) {
  return extreme({given, evaluation}, std::partial_ordering::greater);
}

/// All or any: `decisive` once is the result, its contrary everywhere too; else it is null.
Value quantified(Arguments arguments, bool decisive) {
  bool certain = true;
  const Value* other = nullptr;
  for (const auto& element : arguments.elements()) {
    const auto* const boolean = element.get_if<bool>();
    if (boolean != nullptr && *boolean == decisive) return decisive;
    if (boolean == nullptr) {
      certain = false;
      other = &element;
    }
  }
  if (certain) return !decisive;
  return other->is_null() ? arguments.evaluation().nothing("null in the list")
                          : arguments.wrong_elements("booleans", *other);
}

Value all(Given given, Evaluation& evaluation) { return quantified({given, evaluation}, false); }
Value any(Given given, Evaluation& evaluation) { return quantified({given, evaluation}, true); }

constexpr Builtin table[] = {
    {"all", "list...", all},   {"any", "list...", any},         {"max", "list...", maximum},
    {"mean", "list...", mean}, {"median", "list...", median},   {"min", "list...", minimum},
    {"mode", "list...", mode}, {"product", "list...", product}, {"stddev", "list...", stddev},
    {"sum", "list...", sum},
};

}  // namespace

std::span<const Builtin> statistics_builtins() { return table; }

}  // namespace vcsr::feel
