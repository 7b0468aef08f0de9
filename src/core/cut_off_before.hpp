// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/services.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// Callers who left or were cut off while they waited, as far as the journal tells.
class CutOffBefore {
 public:
  void apply(const JournalEntry& entry);
  /// They have their places again when they call in time; whom the end of the program has cut off is called
  /// back where the queue wants that.
  void restore(const std::shared_ptr<Services>& services) const;

 private:
  struct Caller {
    std::string from, to, name, queue, reason, language;
    int priority = 0;
    WallTime entered{}, left{};
  };

  static void call_back(const std::shared_ptr<Queue::Impl>& queue, const Caller& caller);

  std::map<std::string, Caller> open_;                          ///< by contact
  std::map<std::pair<std::string, std::string>, Caller> left_;  ///< by queue and number
  WallTime last_{};
};

}  // namespace vcsr
