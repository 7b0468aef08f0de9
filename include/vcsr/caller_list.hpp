// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/telephony/address.hpp"
#include "vcsr/telephony/cause.hpp"

namespace vcsr {

/// Whom an entry of a list is about, and why.
struct CallerEntry {
  /// "+8613800138000", one number; "+8613800*", all that begin so; "withheld", those who show none. What is
  /// between the digits does not count, and 00 in front is +.
  std::string number;
  std::string reason = {};  ///< in words, for people
  /// From then on as if it were not there; nothing: it stays.
  std::optional<WallTime> until = {};
  std::string by = {};                 ///< who entered it; "": the program
  std::optional<WallTime> since = {};  ///< when that was; set by CallerList::add()
};

/// A number as CallerEntry has it, in the form in which it is kept. Throws Error(invalid).
VCSR_EXPORT std::string require_caller_number(const std::string& text);

/// A list's name and what becomes of the callers on it.
struct CallerListOptions {
  enum class Kind {
    blocked,  ///< stopped before any dialogue, agent or recording
    favored,  ///< ahead of others in every queue, and never blocked
  };

  std::string name;
  Kind kind = Kind::blocked;
  /// Those blocked are refused with it.
  Cause cause = Cause::rejected;
  /// Those blocked hear this catalog name instead, and are hung up; "": they are refused.
  std::string prompt = {};
  /// Added to ServeOptions::priority of those favored.
  int priority = 1;
  /// Entries that nobody can remove.
  std::vector<CallerEntry> entries = {};
};

/// Callers by their number: a blacklist or a list of VIPs, matched before anybody is rung. An exact number
/// counts more than what it begins with, and of two beginnings the longer one. Every change is in the journal
/// with who made it, and comes back with Center::recover(). A number can be forged by who calls: a list keeps
/// away a nuisance, it proves nobody's identity. A handle on its center's loop.
class VCSR_EXPORT CallerList {
 public:
  const std::string& name() const;
  CallerListOptions::Kind kind() const;

  /// Also replaces an entry for the same number. Throws Error: invalid for a number that is none and for an
  /// end that has passed, refused where the number is one of CallerListOptions::entries.
  void add(CallerEntry entry);
  /// Throws Error: not_found for a number that is not there (as written in entries(), or any other way),
  /// refused for one of CallerListOptions::entries.
  void remove(const std::string& number, const std::string& by, const std::string& reason = {});

  /// Those that hold now, by number.
  std::vector<CallerEntry> entries() const;
  /// The entry that holds for this caller now.
  std::optional<CallerEntry> find(const Address& caller) const;

  class Impl;
  explicit CallerList(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr
