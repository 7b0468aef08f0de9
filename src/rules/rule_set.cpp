// SPDX-License-Identifier: Apache-2.0
#include "vcsr/rule_set.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "rules/dmn_reader.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

class RuleSet::Impl {
 public:
  Impl(std::vector<rules::DecisionTable> tables, std::string document)
      : tables(std::move(tables)), document(std::move(document)) {}

  const rules::DecisionTable& table(std::string_view decision) const {
    for (const rules::DecisionTable& table : tables)
      if (table.name == decision || table.id == decision) return table;
    std::string names;
    for (const rules::DecisionTable& table : tables)
      names += (names.empty() ? "'" : ", '") + table.name + "'";
    throw Error(
        Error::Code::not_found, Place{document, 0, {}},
        "no decision '" + std::string(decision) + "'; there " + (names.empty() ? "is none" : "are " + names));
  }

  const std::vector<rules::DecisionTable> tables;
  const std::string document;
};

std::string Decision::text(std::string_view output) const {
  const auto found = outputs.find(output);
  return found == outputs.end() ? std::string() : found->second.text();
}

RuleSet RuleSet::load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string xml{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad())
    throw Error(Error::Code::not_found, "rules '" + path + "' cannot be read: " + std::strerror(errno));
  return parse(xml, path);
}

RuleSet RuleSet::parse(std::string_view xml, const std::string& document) {
  return RuleSet(std::make_shared<const Impl>(rules::read_dmn(xml, document), document));
}

Decision RuleSet::decide(std::string_view decision, const Facts& inputs) const {
  return impl_->table(decision).decide(inputs);
}

std::vector<std::string> RuleSet::explain(std::string_view decision, const Facts& inputs) const {
  return impl_->table(decision).explain(inputs);
}

std::vector<std::string> RuleSet::decisions() const {
  std::vector<std::string> names;
  for (const rules::DecisionTable& table : impl_->tables) names.push_back(table.name);
  return names;
}

}  // namespace vcsr
