// SPDX-License-Identifier: Apache-2.0
#include "simulation/text_table.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "vcsr/base/error.hpp"

namespace vcsr {

void TextTable::add(std::vector<std::string> cells) {
  VCSR_ASSERT(cells.size() == rows_.front().size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i ? "  " : "") + std::string(widths[i] - row[i].size(), ' ') + row[i];
    text += "\n";
  }
  return text;
}

std::string TextTable::csv() const {
  std::string text;
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool quoted = row[i].find_first_of(",\"\n") != std::string::npos;
      std::string cell;
      for (const char c : row[i]) cell += c == '"' && quoted ? "\"\"" : std::string(1, c);
      text += (i ? "," : "") + (quoted ? "\"" + cell + "\"" : cell);
    }
    text += "\n";
  }
  return text;
}

std::string fixed(double number, int digits) {
  char text[400];
  std::snprintf(text, sizeof text, "%.*f", digits, number);
  return text;
}

std::string percent(double share, int digits) { return fixed(100 * share, digits) + " %"; }

}  // namespace vcsr
