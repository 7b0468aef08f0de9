// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// What a decision said.
struct Decision {
  /// The result; dates, times and durations as FEEL writes them, whole numbers as such.
  Value value = {};
  /// By output name: of a table with one output that output, of a result that has entries these, otherwise
  /// the result under the decision's name. Empty when no rule of the decision's table matched.
  Facts outputs = {};
  std::vector<std::string> rules = {};  ///< ids of the rules of its own table that matched, in table order
  std::string reason = {};              ///< why the value is null, where it is and was not written so
  /// That a rule matched or, where the decision is no table, that its value is not null.
  bool matched() const { return !rules.empty() || !value.is_null(); }
  /// One output as text; "" when it is missing.
  VCSR_EXPORT std::string text(std::string_view output) const;
};

/// How a rule set takes what has no result.
enum class RuleMode {
  /// A document with any fault is refused, and an unknown name, a missing input, a wrong type or a comparison
  /// with null ends a decision with an Error that says where: never a rule that silently does not match.
  strict,
  /// As the DMN standard says: such things are null, with a reason, and decisions go on.
  spec
};

/// How a document is read.
struct RuleSetOptions {
  RuleMode mode = RuleMode::strict;
  /// DMN documents, as text, among which imports are found by their namespace.
  std::vector<std::string> imports = {};
};

/// Business rules as data: the decisions of a DMN document (OMG DMN 1.1 to 1.6, conformance level 3): tables
/// with every hit policy, boxed expressions, knowledge models, decision services, imports, and FEEL.
/// A value: immutable, cheap to copy, safe to share between threads. A decision depends on its
/// inputs alone; what time it is, is an input too. An input is the name of a fact and must be there, as
/// null when it is not known; facts that no decision asks for are ignored. Where an input's type is a date, a
/// time or a duration, the fact is its text: "2027-01-31". Numbers are decimals of 34 digits. What a table
/// asks for by a name that no requirement gives is an input too.
class VCSR_EXPORT RuleSet {
 public:
  /// Imported documents are looked for beside the file. Throws Error(not_found), or Error(invalid) that names
  /// every fault with file, line, decision, row and column.
  static RuleSet load(const std::string& path, const RuleSetOptions& options = {});
  static RuleSet parse(std::string_view xml, const std::string& document = "rules",
                       const RuleSetOptions& options = {});

  /// `decision` by name or id; `now` is what FEEL's now() and today() say. Throws Error: not_found names the
  /// decisions there are; invalid names, in strict mode, an input that is missing or of the wrong type, two
  /// rules that both match a UNIQUE table, or the cell that has no result; refused says that the decision
  /// took more than 50 million steps or 256 MB.
  Decision decide(std::string_view decision, const Facts& inputs, WallTime now = {}) const;

  /// Why: of a table, one line per rule, saying that it matched or which cell did not, with the value; before
  /// that, what the decisions are that it requires. Throws as decide().
  std::vector<std::string> explain(std::string_view decision, const Facts& inputs, WallTime now = {}) const;

  /// Of the document itself, in its order.
  std::vector<std::string> decisions() const;
  /// The names of the facts that a decision needs, those of required decisions included.
  std::vector<std::string> inputs(std::string_view decision) const;
  /// SHA-256 of the documents, in hexadecimal digits: what a result was decided by.
  const std::string& hash() const;

 private:
  class Impl;
  explicit RuleSet(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace vcsr
