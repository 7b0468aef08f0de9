// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace vcsr::feel {

/// Where something stands in a text; both count from 1, columns in characters.
struct Position {
  int line = 1;
  int column = 1;

  std::string text() const { return "line " + std::to_string(line) + ", column " + std::to_string(column); }
  bool operator==(const Position&) const = default;
};

}  // namespace vcsr::feel
