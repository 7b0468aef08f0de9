// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/journal/journal_feed.hpp"
#include "store/journal/journal_pages.hpp"

namespace vcsr {

/// A journal that another process writes, or wrote. Looks for new entries every 200 ms while somebody
/// follows, and whenever it is hinted that there are some.
class ForeignJournal final : public Journal {
 public:
  /// Told once somebody follows; calls `hint` on the loop until what it returned dies.
  using Listen = std::function<std::shared_ptr<void>(std::function<void()> hint)>;
  struct Source {
    std::string name;  ///< "journal '/var/lib/vcsr/journal.db'"
    std::unique_ptr<JournalReader> reader;
    Listen listen = {};
  };

  /// Throws Error(unavailable) when there is none.
  ForeignJournal(Loop& loop, Source source, Worker::Mode mode, const Log& log);

  /// Throws Error(unsupported).
  std::uint64_t append(std::string type, std::string subject, Facts data) override;
  Task<> durable() override { co_return; }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    return pages_.read(first, limit);
  }
  Subscription follow(std::uint64_t first, Follower follower) override;
  std::uint64_t last() const override { return last_; }
  std::string trouble() const override { return trouble_; }

 private:
  Task<> poll();
  Task<> look();
  void hinted();

  Loop& loop_;
  const std::string name_;
  const Listen listen_;
  const Log log_;
  std::uint64_t last_;
  std::string trouble_;
  JournalPages pages_;
  JournalFeed feed_;
  bool polled_ = false;
  bool looking_ = false;
  bool look_again_ = false;
  std::shared_ptr<void> listening_;
  Scope polling_;
};

}  // namespace vcsr
