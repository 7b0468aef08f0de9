// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "vcsr/journal.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr::recording {

/// What the journal tells of recordings: a fold over its entries, in their order.
class Story {
 public:
  /// The recording that is over with this entry; its `id` is "" when none is.
  RecordingDescription apply(const JournalEntry& entry);
  /// Recordings that began and never ended: those of a process that was killed. They are forgotten.
  std::vector<RecordingDescription> unfinished();
  /// The entry before the first one that is still needed.
  std::uint64_t done() const;

 private:
  struct Contact {
    std::uint64_t first = 0;  ///< entry
    RecordingDescription known;
    std::map<std::string, RecordingDescription> running;
  };

  static RecordingDescription finished(Contact& contact, const Facts& data);

  std::map<std::string, Contact> contacts_;
  std::set<std::uint64_t> first_;  ///< entries of the contacts
  std::uint64_t last_ = 0;
};

}  // namespace vcsr::recording
