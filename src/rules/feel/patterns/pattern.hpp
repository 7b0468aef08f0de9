// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vcsr::feel {

/// A regular expression of XPath 3.1 (Functions and Operators §5.6), compiled. A value; safe to share between
/// threads.
class Pattern {
 public:
  /// Where it matched, in bytes, and where its groups did: [0] is the whole. A group that took no part is
  /// empty.
  struct Match {
    std::size_t from = 0;
    std::size_t to = 0;
    std::vector<std::string_view> groups;
  };

  /// Flags are of "smixq". Throws Error(invalid): "the pattern at character 3: …".
  Pattern(std::string_view pattern, std::string_view flags);

  /// The first match in `text` from a byte on. Throws Error(timed_out) where it takes too many steps, as
  /// nested repetitions can, and Error(invalid) where the text is not UTF-8.
  std::optional<Match> find(std::string_view text, std::size_t from = 0) const;
  /// Whether an empty text matches, so that it would match everywhere.
  bool matches_nothing() const { return find("").has_value(); }
  int groups() const { return groups_; }
  /// All is taken literally: flag q.
  bool literal() const { return literal_; }

 private:
  struct Compiled;

  std::shared_ptr<const Compiled> compiled_;
  int groups_ = 0;
  bool literal_ = false;
};

/// What a match is replaced with: text, and $1 for what a group matched.
class Replacement {
 public:
  /// Throws Error(invalid) for a "$" without a number and a "\" before anything but "\" and "$".
  Replacement(std::string_view text, const Pattern& pattern);

  std::string of(const Pattern::Match& match) const;

 private:
  struct Part {
    std::string text;
    /// -1: none.
    int group = -1;
  };

  std::vector<Part> parts_;
};

}  // namespace vcsr::feel
