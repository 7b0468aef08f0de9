// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "rules/feel/values/value.hpp"

namespace vcsr::feel {

/// A type of a parameter in a method's signature.
enum class JavaType {
  boolean,
  character,
  byte,
  short_integer,
  integer,
  long_integer,
  single,
  real,
  string,
  objects
};

/// "int", "java.lang.String", "[Ljava.lang.Object;"; nothing for another.
std::optional<JavaType> java_type(std::string_view name);
bool is_number(JavaType type);

/// The value as one of the type, as precise as that is; nothing where it is none.
std::optional<Value> as_java(const Value& value, JavaType type);

}  // namespace vcsr::feel
