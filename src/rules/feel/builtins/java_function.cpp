// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/java_function.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "rules/feel/builtins/java_type.hpp"

namespace vcsr::feel {

namespace {

using Types = std::vector<JavaType>;
using Given = std::span<const Value>;

struct Signature {
  std::string_view owner;
  std::string_view method;
  Types types;
};

double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
double degrees(double x) { return x / std::numbers::pi * 180; }
double radians(double x) { return x / 180 * std::numbers::pi; }
/// Java's Math.round goes up at halves.
double nearest(double x) { return std::floor(x + 0.5); }

struct Unary {
  std::string_view name;
  double (*of)(double);
};
constexpr Unary unaries[] = {
    {"acos", std::acos},   {"asin", std::asin},      {"atan", std::atan},    {"cbrt", std::cbrt},
    {"ceil", std::ceil},   {"cos", std::cos},        {"cosh", std::cosh},    {"exp", std::exp},
    {"expm1", std::expm1}, {"floor", std::floor},    {"log", std::log},      {"log10", std::log10},
    {"log1p", std::log1p}, {"rint", std::nearbyint}, {"round", nearest},     {"signum", sign},
    {"sin", std::sin},     {"sinh", std::sinh},      {"sqrt", std::sqrt},    {"tan", std::tan},
    {"tanh", std::tanh},   {"toDegrees", degrees},   {"toRadians", radians},
};

struct Binary {
  std::string_view name;
  double (*of)(double, double);
};
constexpr Binary binaries[] = {{"atan2", std::atan2}, {"hypot", std::hypot}, {"pow", std::pow}};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// "max(double, double)"; nothing where it is written otherwise or has a type that is not known.
std::optional<Types> types_of(std::string_view parameters) {
  Types types;
  while (!trimmed(parameters).empty()) {
    const auto comma = parameters.find(',');
    const auto type = java_type(trimmed(parameters.substr(0, comma)));
    if (!type) return std::nullopt;
    types.push_back(*type);
    parameters = comma == std::string_view::npos ? "" : parameters.substr(comma + 1);
  }
  return types;
}

std::optional<Signature> signature_of(std::string_view owner, std::string_view text) {
  text = trimmed(text);
  const auto open = text.find('(');
  if (!owner.starts_with("java.lang.") || open == std::string_view::npos || !text.ends_with(')'))
    return std::nullopt;
  const auto types = types_of(text.substr(open + 1, text.size() - open - 2));
  if (!types) return std::nullopt;
  return Signature{owner.substr(10), trimmed(text.substr(0, open)), *types};
}

std::optional<Value> calculated(const Signature& signature, Given given) {
  std::vector<double> numbers;
  for (const auto& value : given) numbers.push_back(value.get_if<Number>()->to_double());
  for (const auto& known : unaries) {
    if (known.name == signature.method && given.size() == 1)
      return as_java(Number::from(known.of(numbers[0])), JavaType::real);
  }
  for (const auto& known : binaries) {
    if (known.name == signature.method && given.size() == 2)
      return as_java(Number::from(known.of(numbers[0], numbers[1])), JavaType::real);
  }
  return std::nullopt;
}

std::optional<Value> math(const Signature& signature, Given given) {
  if (given.empty() || !is_number(signature.types[0])) return std::nullopt;
  if (std::ranges::any_of(signature.types, [&](JavaType type) { return type != signature.types[0]; }))
    return std::nullopt;
  const auto& first = *given[0].get_if<Number>();
  if (signature.method == "abs" && given.size() == 1) return Value(first.abs());
  if ((signature.method == "max" || signature.method == "min") && given.size() == 2) {
    const auto& second = *given[1].get_if<Number>();
    return (signature.method == "max") == (first < second) ? Value(second) : Value(first);
  }
  return calculated(signature, given);
}

/// Integer.valueOf(int), Integer.valueOf(String), Integer.parseInt(String) and their like.
std::optional<Value> converted(const Signature& signature, JavaType own, Given given) {
  if (given.size() != 1 || !(signature.method == "valueOf" || signature.method.starts_with("parse")))
    return std::nullopt;
  if (signature.types[0] == own) return given[0];
  const auto* const text = given[0].get_if<std::string>();
  if (signature.types[0] != JavaType::string || text == nullptr) return std::nullopt;
  if (own == JavaType::boolean) return Value(*text == "true");
  const auto number = Number::parse(*text);
  return number && is_number(own) ? as_java(*number, own) : std::nullopt;
}

/// "%s", "%d" and "%%" with the values in their turn.
std::optional<Value> formatted(std::string_view format, Given given) {
  std::string text;
  std::size_t next = 0;
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') {
      text += format[at];
      continue;
    }
    const auto letter = at + 1 < format.size() ? format[++at] : ' ';
    if (letter == '%') {
      text += '%';
      continue;
    }
    if (next == given.size()) return std::nullopt;
    const auto& value = given[next++];
    const auto* const number = value.get_if<Number>();
    if (letter != 's' && (letter != 'd' || number == nullptr || !number->whole())) return std::nullopt;
    text += to_string(value);
  }
  return Value(std::move(text));
}

std::optional<Value> of_string(const Signature& signature, Given given) {
  const bool array = !signature.types.empty() && signature.types.back() == JavaType::objects;
  if (signature.method == "format" && array && signature.types.size() == 2 &&
      signature.types[0] == JavaType::string) {
    const auto* const list = given.size() == 2 ? given[1].get_if<List>() : nullptr;
    return formatted(*given[0].get_if<std::string>(), list != nullptr ? Given(*list) : given.subspan(1));
  }
  const bool plain =
      given.size() == 1 && signature.types[0] != JavaType::single && signature.types[0] != JavaType::real;
  return signature.method == "valueOf" && plain ? std::optional(Value(to_string(given[0]))) : std::nullopt;
}

std::optional<Value> called(const Signature& signature, Given given) {
  if (signature.owner == "Math" || signature.owner == "StrictMath") return math(signature, given);
  if (signature.owner == "String") return of_string(signature, given);
  const auto own = java_type(signature.owner);
  return own ? converted(signature, *own, given) : std::nullopt;
}

/// The arguments as values of the types, the last of which may be an array of all that are left.
std::optional<List> accepted(const Types& types, Given given) {
  const bool array = !types.empty() && types.back() == JavaType::objects;
  if (array ? given.size() + 1 < types.size() : given.size() != types.size()) return std::nullopt;
  List values;
  for (std::size_t i = 0; i < given.size(); ++i) {
    auto value = as_java(given[i], i < types.size() ? types[i] : JavaType::objects);
    if (!value) return std::nullopt;
    values.push_back(std::move(*value));
  }
  return values;
}

const std::string* text_of(const Context& context, std::string_view name) {
  const auto* const entry = context.find(name);
  return entry != nullptr ? entry->get_if<std::string>() : nullptr;
}

}  // namespace

Value call_java(const Value& mapping, Given arguments, Evaluation& evaluation) {
  const auto* context = mapping.get_if<Context>();
  const auto* const java = context != nullptr ? context->find("java") : nullptr;
  if (java != nullptr) context = java->get_if<Context>();
  const auto* const owner = context != nullptr ? text_of(*context, "class") : nullptr;
  const auto* const method = context != nullptr ? text_of(*context, "method signature") : nullptr;
  if (owner == nullptr || method == nullptr)
    return evaluation.mistake("an external function has a class and a method signature");
  evaluation.step();
  const auto name = *owner + "." + *method;
  const auto signature = signature_of(*owner, *method);
  if (!signature) return evaluation.mistake("no external function '" + name + "'");
  const auto given = accepted(signature->types, arguments);
  if (!given) return evaluation.mistake("the arguments do not fit the external function '" + name + "'");
  auto result = called(*signature, *given);
  return result ? std::move(*result)
                : evaluation.mistake("no result of the external function '" + name + "'");
}

}  // namespace vcsr::feel
