// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"
#include "rules/feel/values/duration.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;
using Rounding = Number::Rounding;

constexpr std::int64_t least_scale = -6111;
constexpr std::int64_t most_scale = 6176;

Value absolute(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto& value = arguments.single(0);
  if (const auto* const duration = value.get_if<DaysAndTimeDuration>()) return duration->abs();
  if (const auto* const duration = value.get_if<YearsAndMonthsDuration>()) return duration->abs();
  if (const auto* const number = value.get_if<Number>()) return number->abs();
  arguments.expected(0, "a number or a duration");
  return arguments.wrong();
}

Value rounded(Arguments arguments, Rounding mode) {
  const auto* const number = arguments.number(0);
  const auto scale = arguments.size() > 1 ? arguments.whole(1) : 0;
  if (number == nullptr || !scale) return arguments.wrong();
  if (*scale < least_scale || *scale > most_scale) {
    return arguments.wrong("argument 2: a scale is from -6111 to 6176, got " + std::to_string(*scale));
  }
  return number->rounded(static_cast<int>(*scale), mode);
}

Value decimal(Given given, Evaluation& evaluation) {
  return rounded({given, evaluation}, Rounding::half_even);
}
Value floor(Given given, Evaluation& evaluation) { return rounded({given, evaluation}, Rounding::floor); }
Value ceiling(Given given, Evaluation& evaluation) { return rounded({given, evaluation}, Rounding::ceiling); }
Value round_up(Given given, Evaluation& evaluation) { return rounded({given, evaluation}, Rounding::up); }
Value round_down(Given given, Evaluation& evaluation) { return rounded({given, evaluation}, Rounding::down); }
Value round_half_up(Given given, Evaluation& evaluation) {
  return rounded({given, evaluation}, Rounding::half_up);
}
Value round_half_down(Given given, Evaluation& evaluation) {
  return rounded({given, evaluation}, Rounding::half_down);
}

Value modulo(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const dividend = arguments.number(0);
  const auto* const divisor = arguments.number(1);
  if (dividend == nullptr || divisor == nullptr) return arguments.wrong();
  if (divisor->zero()) return arguments.wrong("division by zero");
  return dividend->modulo(*divisor);
}

Value square_root(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const number = arguments.number(0);
  if (number == nullptr) return arguments.wrong();
  if (*number < Number(0)) return arguments.wrong("no root of the negative " + number->to_string());
  return number->sqrt();
}

Value logarithm(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const number = arguments.number(0);
  if (number == nullptr) return arguments.wrong();
  if (*number <= Number(0)) return arguments.wrong("no logarithm of " + number->to_string());
  return number->log();
}

Value exponential(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const number = arguments.number(0);
  if (number == nullptr) return arguments.wrong();
  const auto result = number->exp();
  if (!result.finite()) return arguments.wrong("e to the power of " + number->to_string() + " is too large");
  return result;
}

Value even(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const number = arguments.number(0);
  return number != nullptr ? Value(number->modulo(2).zero()) : arguments.wrong();
}

Value odd(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const number = arguments.number(0);
  return number != nullptr ? Value(number->modulo(2) == Number(1)) : arguments.wrong();
}

/// A separator among `allowed`; '\0' where there is none.
std::optional<char> separator(Arguments& arguments, std::size_t index, std::string_view allowed) {
  if (!arguments.has(index)) return '\0';
  const auto* const text = arguments.string(index);
  if (text == nullptr) return std::nullopt;
  if (text->size() == 1 && allowed.find(text->front()) != std::string_view::npos) return text->front();
  arguments.expected(index, "one of \"" + std::string(allowed) + "\"");
  return std::nullopt;
}

Value number_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const from = arguments.string(0);
  const auto grouping = separator(arguments, 1, " ,.");
  const auto point = separator(arguments, 2, ".,");
  if (from == nullptr || !grouping || !point) return arguments.wrong();
  if (*grouping != '\0' && *grouping == *point) return arguments.wrong("both separators are the same");
  std::string text = *from;
  if (*grouping != '\0') std::erase(text, *grouping);
  if (*point != '\0') std::replace(text.begin(), text.end(), *point, '.');
  const auto number = Number::parse(text);
  return number ? Value(*number) : arguments.wrong("'" + *from + "' is no number");
}

constexpr Builtin table[] = {
    {"abs", "n", absolute},
    {"ceiling", "n, [scale]", ceiling},
    {"decimal", "n, scale", decimal},
    {"even", "number", even},
    {"exp", "number", exponential},
    {"floor", "n, [scale]", floor},
    {"log", "number", logarithm},
    {"modulo", "dividend, divisor", modulo},
    {"number", "from, [grouping separator], [decimal separator]", number_of},
    {"odd", "number", odd},
    {"round down", "n, scale", round_down},
    {"round half down", "n, scale", round_half_down},
    {"round half up", "n, scale", round_half_up},
    {"round up", "n, scale", round_up},
    {"sqrt", "number", square_root},
};

}  // namespace

std::span<const Builtin> number_builtins() { return table; }

}  // namespace vcsr::feel
