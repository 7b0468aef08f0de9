// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/services.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// What queues and strategies have counted, as far as the journal tells.
class CountsBefore {
 public:
  explicit CountsBefore(const Services& services) : services_(services) {}

  void apply(const JournalEntry& entry);
  /// Whom the end of the program has cut off does not wait any more.
  void cut_off(const std::string& contact);
  /// To queues that have counted nothing yet, and to all agents.
  void restore(Services& services) const;

 private:
  struct Work {
    std::size_t contacts = 0;
    Duration talked{};
  };

  void leave(const JournalEntry& entry);
  void turn_away(QueueReport& counted, const std::string& result);
  void end_talk(const JournalEntry& entry);

  const Services& services_;
  std::map<std::string, QueueReport> queues_;
  std::map<std::string, Work> agents_;
  std::map<std::string, std::string> waiting_;  ///< queues, by contact
  std::set<std::string> answered_;              ///< contacts whose talk is not credited yet
};

}  // namespace vcsr
