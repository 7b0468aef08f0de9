// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace vcsr {

/// Rows of cells, the first of them names: for people as columns, for programs as CSV.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> names) : rows_{std::move(names)} {}

  /// As many cells as there are names.
  void add(std::vector<std::string> cells);
  /// Columns two spaces apart, right-aligned.
  std::string text() const;
  std::string csv() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "12.5": so many digits after the point.
std::string fixed(double number, int digits);
/// "79.5 %"
std::string percent(double share, int digits = 1);

}  // namespace vcsr
