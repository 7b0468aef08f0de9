// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace vcsr::connectors {

/// A statement as a driver takes it, and which parameters stand at its places, in their order.
struct SqlText {
  std::string text;
  std::vector<std::string> parameters;
};

/// Finds ":name" where it is no part of a text, a quoted name, a comment or "::type"; place(n), from 1, is
/// what the driver writes instead.
SqlText prepared(const std::string& statement, const std::function<std::string(std::size_t)>& place);

}  // namespace vcsr::connectors
