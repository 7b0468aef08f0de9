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
  /// agents who were not among the best are not known: NaN. `changes_in` and `position` are not told.
  Explanation why = {};

  /// The moment, and Explanation::in_words().
  VCSR_EXPORT std::vector<std::string> in_words(std::string_view language = "en") const;
};

/// Every decision about one contact, from the journal alone: who was considered, with what score, and why
/// each other agent of the queue was not. A fold over the entries from the journal's beginning, in order; of
/// agents who joined their queues before that nothing is known.
class VCSR_EXPORT QueueDecisions {
 public:
  /// `language` is that of the skills' words: "zh…", or English for all others.
  explicit QueueDecisions(std::string contact, std::string_view language = "en");
  ~QueueDecisions();
  QueueDecisions(const QueueDecisions&) = delete;

  void apply(const JournalEntry& entry);
  /// In the order of time.
  const std::vector<QueueDecision>& all() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
