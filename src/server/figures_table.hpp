// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/base/value.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// A figure by its name; null where there is nothing to speak of. Times are seconds, shares 0 to 1.
using NamedFigures = std::vector<std::pair<const char*, Value>>;

NamedFigures named(const QueueFigures& figures);
NamedFigures named(const AgentFigures& figures);

/// {"begins": …, "length": …, name: value}
Value to_object(const NamedFigures& figures);
/// Of RFC 4180; `heading` stands above `names`.
std::string to_csv(const char* heading, const std::vector<std::pair<std::string, NamedFigures>>& rows);

}  // namespace vcsr
