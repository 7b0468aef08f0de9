// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>

#include "store/journal/journal_feed.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

namespace {

class MemoryJournal final : public Journal {
 public:
  MemoryJournal(Loop& loop, std::size_t keep)
      : loop_(loop),
        keep_(keep),
        feed_(loop, 0, [this](std::uint64_t first, std::size_t limit) { return read(first, limit); }) {}

  std::uint64_t append(std::string type, std::string subject, Facts data) override {
    JournalEntry entry{.number = ++last_,
                       .at = loop_.wall_time(),
                       .type = std::move(type),
                       .subject = std::move(subject),
                       .data = std::move(data)};
    if (feed_.followed()) feed_.publish(std::vector<JournalEntry>(1, entry));
    else feed_.reached(last_);
    if (keep_ > 0) entries_.push_back(std::move(entry));
    if (entries_.size() > keep_) entries_.pop_front();
    return last_;
  }

  Task<> durable() override { co_return; }

  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    const auto from = std::lower_bound(
        entries_.begin(), entries_.end(), first,
        [](const JournalEntry& entry, std::uint64_t number) { return entry.number < number; });
    const auto count = std::min(limit, static_cast<std::size_t>(entries_.end() - from));
    std::vector<JournalEntry> page(from, from + static_cast<std::ptrdiff_t>(count));
    co_return page;
  }

  Subscription follow(std::uint64_t first, Follower follower) override {
    return feed_.follow(first, std::move(follower));
  }

  std::uint64_t last() const override { return last_; }
  std::string trouble() const override { return {}; }

 private:
  Loop& loop_;
  const std::size_t keep_;
  std::uint64_t last_ = 0;
  std::deque<JournalEntry> entries_;
  JournalFeed feed_;
};

}  // namespace

std::unique_ptr<Journal> make_memory_journal(Loop& loop, std::size_t keep) {
  return std::make_unique<MemoryJournal>(loop, keep);
}

}  // namespace vcsr
