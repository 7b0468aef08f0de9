// SPDX-License-Identifier: Apache-2.0
#include "vcsr/data_source.hpp"

#include <utility>

namespace vcsr {

Value SourceAnswer::get(std::string_view column) const {
  if (rows.empty()) return {};
  const auto found = rows.front().find(column);
  return found == rows.front().end() ? Value() : found->second;
}

const char* to_string(SourceAnswer::Outcome outcome) noexcept {
  constexpr const char* names[] = {"found", "not_found", "late", "failed", "refused"};
  return names[static_cast<int>(outcome)];
}

DataSource::~DataSource() = default;

Task<SourceAnswer> DataSource::ask(std::string query, Facts parameters) {
  return ask(std::move(query), std::move(parameters), Duration::zero());
}

}  // namespace vcsr
