// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// What a decision table said.
struct Decision {
  Facts outputs;                   ///< by output name; empty when no rule matched
  std::vector<std::string> rules;  ///< ids of the rules that matched, in table order
  bool matched() const { return !rules.empty(); }
  /// One output as text; "" when it is missing.
  VCSR_EXPORT std::string text(std::string_view output) const;
};

/// Business rules as data: decision tables of a DMN document (OMG DMN 1.3 to 1.5). Hit policies
/// FIRST and UNIQUE; cells hold numbers, strings, booleans, comparisons, ranges, lists, not(…) and "-".
/// A value: immutable, cheap to copy, safe to share between threads. A decision depends on its
/// inputs alone; what time it is, is an input too. An input is the name of a fact and must be there, as
/// null when it is not known; facts that no column names are ignored. Whole numbers are exact to 64 bits;
/// fractions are doubles, equal when only their last bits differ.
class VCSR_EXPORT RuleSet {
 public:
  /// Throws Error(not_found), or Error(invalid) that names every fault with file, line, decision, row
  /// and column.
  static RuleSet load(const std::string& path);
  static RuleSet parse(std::string_view xml, const std::string& document = "rules");

  /// `decision` by name or id. Throws Error: not_found names the decisions there are; invalid names an
  /// input that is missing or of the wrong type, or two rules that both match a UNIQUE table.
  Decision decide(std::string_view decision, const Facts& inputs) const;

  /// Why: one line per rule, saying that it matched or which cell did not, with the value.
  std::vector<std::string> explain(std::string_view decision, const Facts& inputs) const;

  std::vector<std::string> decisions() const;

 private:
  class Impl;
  explicit RuleSet(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace vcsr
