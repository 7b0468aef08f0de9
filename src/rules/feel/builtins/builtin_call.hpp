// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/builtins/builtin.hpp"

namespace vcsr::feel {

/// The parameters of a built-in as its table says them.
struct Signature {
  explicit Signature(std::string_view parameters);

  std::vector<std::string_view> names;
  std::size_t required = 0;
  bool variadic = false;

  bool takes(std::size_t arguments) const;
  /// For each parameter up to the last that is given, which of the arguments it gets; nothing where they do
  /// not fit.
  std::optional<std::vector<std::optional<std::size_t>>> order(
      const std::vector<std::string>& arguments) const;
};

std::span<const Builtin> builtins_named(std::string_view name);

/// A built-in as a value.
std::shared_ptr<const Function> builtin_function(std::span<const Builtin> forms);

}  // namespace vcsr::feel
