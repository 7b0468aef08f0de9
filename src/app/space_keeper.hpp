// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "vcsr/base/loop.hpp"
#include "vcsr/center.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

/// Looks at the space that recordings have: tells the journal when it changes and, where it is critical, ends
/// running recordings, those of the least value first, until there is some again. Calls go on.
class SpaceKeeper {
 public:
  /// `by_value`: names of recording rules, the least valuable first; "" for recordings without one. What is
  /// of no rule named here is never ended. All outlive the keeper.
  SpaceKeeper(Loop& loop, Archive& archive, Center& center, Journal& journal,
              std::vector<std::string> by_value);
  ~SpaceKeeper();
  SpaceKeeper(const SpaceKeeper&) = delete;

 private:
  struct Running {
    std::string recording, rule;
  };

  void apply(const JournalEntry& entry);
  void look();
  void look_later();
  /// Those of one rule; the others have to wait for the next look.
  void end_least();
  bool end_those_of(const std::string& rule);

  Loop& loop_;
  Archive& archive_;
  Center& center_;
  Journal& journal_;
  const std::vector<std::string> by_value_;
  std::map<std::string, std::string> rules_;  ///< that decided last, by contact
  std::map<std::string, Running> running_;    ///< by contact
  DiskSpace told_ = DiskSpace::plenty;
  Loop::TimerId timer_{};
  Journal::Subscription following_;
};

/// Rules of recordings, the least valuable first: those that can be done without as they are listed, what no
/// rule wanted, then the rules from the last to the first. Messages that callers leave are not among them.
std::vector<std::string> rules_by_value(const RecordingPolicy& policy, const DiskLimits& limits);

}  // namespace vcsr
