// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "vcsr/caller_list.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// What is on a center's lists of callers, from its configuration and its journal, while the center does not
/// run.
class CallerListFold {
 public:
  explicit CallerListFold(const std::vector<CallerListOptions>& lists);

  void apply(const JournalEntry& entry);
  std::vector<std::string> names() const;
  /// Those that hold at this moment, by number. This and the next two throw Error(not_found) for a list that
  /// the configuration does not have.
  std::vector<CallerEntry> entries(const std::string& list, WallTime now) const;
  /// The data of the journal's entry. They throw what CallerList::add() and CallerList::remove() do.
  Facts add(const std::string& list, const CallerEntry& entry, WallTime now) const;
  Facts remove(const std::string& list, const std::string& number, const std::string& by,
               const std::string& reason, WallTime now) const;

 private:
  struct Kept {
    CallerEntry entry;
    bool fixed = false;  ///< by the configuration
  };
  using Entries = std::map<std::string, Kept, std::less<>>;

  const Entries& of(const std::string& list) const;

  std::map<std::string, Entries, std::less<>> lists_;
};

}  // namespace vcsr
