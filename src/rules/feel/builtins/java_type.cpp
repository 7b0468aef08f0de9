// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/java_type.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "rules/feel/builtins/text.hpp"

namespace vcsr::feel {

namespace {

struct Named {
  std::string_view name;
  JavaType type;
};

constexpr Named types[] = {
    {"boolean", JavaType::boolean},     {"Boolean", JavaType::boolean},
    {"char", JavaType::character},      {"Character", JavaType::character},
    {"byte", JavaType::byte},           {"Byte", JavaType::byte},
    {"short", JavaType::short_integer}, {"Short", JavaType::short_integer},
    {"int", JavaType::integer},         {"Integer", JavaType::integer},
    {"long", JavaType::long_integer},   {"Long", JavaType::long_integer},
    {"float", JavaType::single},        {"Float", JavaType::single},
    {"double", JavaType::real},         {"Double", JavaType::real},
    {"String", JavaType::string},       {"Object[]", JavaType::objects},
    {"Object...", JavaType::objects},   {"[Ljava.lang.Object;", JavaType::objects},
};

template <class Integer>
std::optional<Value> whole(Number number) {
  const auto value = number.to_int64();
  if (!value || *value < std::numeric_limits<Integer>::min() || *value > std::numeric_limits<Integer>::max())
    return std::nullopt;
  return Value(*value);
}

/// The shortest decimal of the nearest float.
std::optional<Value> single(Number number) {
  const auto value = static_cast<float>(number.to_double());
  if (!std::isfinite(value)) return std::nullopt;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  const auto written = std::string_view(text, static_cast<std::size_t>(end - text));
  const auto parsed = Number::parse(written);
  return parsed ? std::optional<Value>(*parsed) : std::nullopt;
}

std::optional<Value> number(Number number, JavaType type) {
  switch (type) {
    case JavaType::byte: return whole<std::int8_t>(number);
    case JavaType::short_integer: return whole<std::int16_t>(number);
    case JavaType::integer: return whole<std::int32_t>(number);
    case JavaType::long_integer: return whole<std::int64_t>(number);
    case JavaType::single: return single(number);
    default: break;
  }
  const auto nearest = Number::from(number.to_double());
  return nearest.finite() ? std::optional<Value>(nearest) : std::nullopt;
}

}  // namespace

std::optional<JavaType> java_type(std::string_view name) {
  if (name.starts_with("java.lang.")) name.remove_prefix(10);
  for (const auto& known : types) {
    if (known.name == name) return known.type;
  }
  return std::nullopt;
}

bool is_number(JavaType type) { return type >= JavaType::byte && type <= JavaType::real; }

std::optional<Value> as_java(const Value& value, JavaType type) {
  if (is_number(type)) {
    const auto* const found = value.get_if<Number>();
    return found != nullptr ? number(*found, type) : std::nullopt;
  }
  if (type == JavaType::boolean) return value.is(Value::Kind::boolean) ? std::optional(value) : std::nullopt;
  if (type == JavaType::objects) return value;
  const auto* const text = value.get_if<std::string>();
  if (text == nullptr || (type == JavaType::character && character_count(*text) != 1)) return std::nullopt;
  return value;
}

}  // namespace vcsr::feel
