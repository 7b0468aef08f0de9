// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "store/journal/journal_feed.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// A journal that keeps nothing: it tells each entry as it is appended, without a copy of it.
class ToldJournal final : public Journal {
 public:
  using Listener = std::function<void(const JournalEntry&)>;

  /// The loop outlives it. The listener must not use the journal.
  ToldJournal(Loop& loop, Listener listener);

  std::uint64_t append(std::string type, std::string subject, Facts data) override;
  Task<> durable() override;
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override;
  Subscription follow(std::uint64_t first, Follower follower) override;
  std::uint64_t last() const override { return last_; }
  std::string trouble() const override { return {}; }

 private:
  Loop& loop_;
  Listener listener_;
  std::uint64_t last_ = 0;
  JournalFeed feed_;
};

}  // namespace vcsr
