// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/distribution.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// What a queue did with a contact at one moment of the past.
struct QueueDecision {
  WallTime at{};
  /// offered: to whom; waiting: nobody could take it when it came, or came back after a restart. Scores of
  /// agents who were not among the best are not known: NaN. `position` is that of its arrival, and
  /// `changes_in` is not told.
  Explanation why = {};

  /// The moment, and Explanation::in_words().
  VCSR_EXPORT std::vector<std::string> in_words(std::string_view language = "en") const;
};

/// Every decision about one contact, from the journal alone: who was considered, with what score, and why
/// each other agent of the queue was not. A fold over the entries from the journal's beginning, in order; of
/// agents who joined their queues before that nothing is known. Used by one thread at a time.
class VCSR_EXPORT QueueDecisions {
 public:
  /// `language` is that of the skills' words: "zh…", or English for all others.
  explicit QueueDecisions(std::string contact, std::string_view language = "en");
  ~QueueDecisions();
  QueueDecisions(const QueueDecisions&) = delete;

  /// Entries about other contacts are welcome. Throws Error(invalid) for one that holds a requirement that is
  /// none.
  void apply(const JournalEntry& entry);
  /// In the order of time; until the next apply().
  const std::vector<QueueDecision>& all() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
