// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"
#include "rules/feel/patterns/pattern.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

/// Calls `work`; what it throws of a pattern or a text is a null's reason.
Value with_pattern(const Arguments& arguments, const std::string& text, const std::function<Value()>& work) {
  std::string fault;
  arguments.evaluation().step(text.size());
  try {
    return work();
  } catch (const Error& error) {
    if (error.code() == Error::Code::refused) throw;  // a limit of the evaluation
    fault = error.what();
  }
  return arguments.wrong(fault);
}

Pattern splitting(const std::string& pattern, std::string_view flags) {
  Pattern compiled(pattern, flags);
  if (compiled.matches_nothing()) throw Error(Error::Code::invalid, "the pattern matches an empty string");
  return compiled;
}

/// The flags where they are given; nothing, with a reason, where they are no string.
std::optional<std::string_view> flags_of(Arguments& arguments, std::size_t index) {
  if (!arguments.has(index)) return "";
  const auto* const flags = arguments.string(index);
  return flags != nullptr ? std::optional<std::string_view>(*flags) : std::nullopt;
}

Value matches(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  const auto* const pattern = arguments.string(1);
  const auto flags = flags_of(arguments, 2);
  if (text == nullptr || pattern == nullptr || !flags) return arguments.wrong();
  return with_pattern(arguments, *text,
                      [&]() -> Value { return Pattern(*pattern, *flags).find(*text).has_value(); });
}

std::string replaced(const std::string& text, const Pattern& pattern, const Replacement& with,
                     Evaluation& evaluation) {
  std::string result;
  std::size_t from = 0;
  for (auto match = pattern.find(text); match && match->to > from; match = pattern.find(text, from)) {
    evaluation.step();
    const auto replacement = with.of(*match);
    evaluation.charge(match->from - from + replacement.size());
    result.append(text, from, match->from - from);
    result += replacement;
    from = match->to;
  }
  return result.append(text, from);
}

Value replace(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  const auto* const pattern = arguments.string(1);
  const auto* const replacement = arguments.string(2);
  const auto flags = flags_of(arguments, 3);
  if (text == nullptr || pattern == nullptr || replacement == nullptr || !flags) return arguments.wrong();
  return with_pattern(arguments, *text, [&]() -> Value {
    const auto compiled = splitting(*pattern, *flags);
    return replaced(*text, compiled, Replacement(*replacement, compiled), evaluation);
  });
}

Value split(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  const auto* const delimiter = arguments.string(1);
  if (text == nullptr || delimiter == nullptr) return arguments.wrong();
  return with_pattern(arguments, *text, [&]() -> Value {
    const auto compiled = splitting(*delimiter, "");
    List parts;
    std::size_t from = 0;
    for (auto match = compiled.find(*text); match && match->to > from; match = compiled.find(*text, from)) {
      evaluation.step();
      evaluation.charge(sizeof(Value) + match->from - from);
      parts.emplace_back(text->substr(from, match->from - from));
      from = match->to;
    }
    parts.emplace_back(text->substr(from));
    return parts;
  });
}

constexpr Builtin table[] = {
    {"matches", "input, pattern, [flags]", matches},
    {"replace", "input, pattern, replacement, [flags]", replace},
    {"split", "string, delimiter", split},
};

}  // namespace

std::span<const Builtin> pattern_builtins() { return table; }

}  // namespace vcsr::feel
