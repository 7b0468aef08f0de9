// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/contact_impl.hpp"
#include "core/services.hpp"
#include "vcsr/caller_list.hpp"

namespace vcsr {

class CallerList::Impl {
 public:
  /// Throws Error(invalid) for an entry that cannot be.
  Impl(std::shared_ptr<Services> services, CallerListOptions options);

  /// Of an earlier run.
  void apply(const JournalEntry& entry);
  void add(CallerEntry entry);
  void remove(const std::string& number, const std::string& by, const std::string& reason);
  /// By number; those whose time is over are removed before.
  const std::map<std::string, CallerEntry>& entries();
  const CallerEntry* find(const std::string& number);

  std::shared_ptr<Services> services;
  const CallerListOptions options;

 private:
  bool fixed(const std::string& number) const;
  void expire();

  std::map<std::string, CallerEntry> entries_;
  std::optional<WallTime> first_end_;  ///< nothing holds longer than it says before then
};

/// Whom one of a center's lists knows.
struct ListedCaller {
  std::shared_ptr<CallerList::Impl> list;
  CallerEntry entry;
};

/// For who calls us, whom agents' own telephones are not. A list of those favored goes before one of those
/// blocked, and of two that say the same the first by name.
std::optional<ListedCaller> listed_caller(Services& services, const Contact::Impl& contact);
/// Notes it in the journal and in the contact's record.
void note_listed(Contact::Impl& contact, const ListedCaller& listed);
/// What those blocked meet.
std::shared_ptr<const Dialogue> turning_away(const CallerListOptions& list);

}  // namespace vcsr
