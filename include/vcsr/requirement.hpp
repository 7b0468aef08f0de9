// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"

namespace vcsr {

/// What an agent can, by name, and how well; who lacks a skill has it at level 0.
using Skills = std::map<std::string, int, std::less<>>;

/// What a contact asks of the agent who takes it: `billing >= 3 and (zh or yue) and not trainee`.
/// Comparisons are >=, >, =, <, <= with a whole number from 0 to 1,000,000; a name alone means at least 1.
/// `not` binds closer than `and`, `and` closer than `or`. Names are of letters of any script, digits and
/// `_ - .`, or stand in double quotes. A value: immutable, cheap to copy, safe to share between threads.
class VCSR_EXPORT Requirement {
 public:
  /// Anybody will do; the text is "".
  Requirement();

  /// Throws Error(invalid) naming the text, the column (counted in characters, from 1) and the remedy.
  /// White space alone means anybody. Texts end at 4,096 bytes, nesting at 32.
  static Requirement parse(std::string_view text);

  /// Whoever meets one of the two.
  Requirement or_else(const Requirement& other) const;
  /// Whoever meets both.
  Requirement and_also(const Requirement& other) const;

  bool anybody() const;
  bool met_by(const Skills& skills) const;
  /// Some skills that meet it, of levels from 0; nothing when none can. Exact: each skill's levels that make
  /// a difference are tried. Throws Error(invalid) where that takes too long, as it does with no requirement
  /// that people make.
  std::optional<Skills> example() const;
  /// Whether all who meet this one meet the other, too. Throws as example() does.
  bool implies(const Requirement& other) const;
  /// In words of `language` ("zh…", or English for all others): "billing is 2, needs 3"; "" when it is met.
  std::string why_not(const Skills& skills, std::string_view language = "en") const;
  /// How good those are who meet it: the sum of the levels asked for, where one of several will do the
  /// best of them. 0 when it is not met.
  int score(const Skills& skills) const;

  /// The skills it names, each once, in alphabetical order.
  std::vector<std::string> skills() const;
  const std::string& text() const;

  bool operator==(const Requirement& other) const { return text() == other.text(); }

  struct Node;

 private:
  struct Parsed;
  Requirement joined(const Requirement& other, bool both) const;
  explicit Requirement(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace vcsr
