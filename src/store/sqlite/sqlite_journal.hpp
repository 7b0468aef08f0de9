// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/journal_feed.hpp"
#include "store/sqlite/journal_pages.hpp"
#include "store/sqlite/journal_writer.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr::sqlite {

/// append() queues; a group later, or once somebody waits, the whole queue goes to the writer's thread as
/// one batch. There is one batch at a time, which stays until it is durable.
class SqliteJournal final : public Journal {
 public:
  SqliteJournal(Loop& loop, Store store, SqliteOptions options);
  /// Tries to write what is queued, for some seconds at most, and logs what is lost.
  ~SqliteJournal() override;

  std::uint64_t append(std::string type, std::string subject, Facts data) override;
  Task<> durable() override { return reached(last_); }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override;
  Subscription follow(std::uint64_t first, Follower follower) override;
  std::uint64_t last() const override { return last_; }
  std::string trouble() const override;

 private:
  struct Batch {
    std::vector<JournalEntry> entries;
    std::string failure;  // of the last attempt
    bool durable = false;
  };
  struct Waiter;
  using Waiters = std::list<Waiter*>;

  void write_after(Duration pause);
  /// Somebody waits for what is queued.
  void hasten();
  Duration pause_before_next(bool awaited) const;
  void write();
  void attempt(Batch& batch) noexcept;
  void attempted();
  void succeeded();
  void failed();
  Task<> reached(std::uint64_t number);

  Loop& loop_;
  const Store store_;
  const Duration group_;
  const Worker::Mode mode_;
  const Log log_;
  JournalWriter writer_;  // the worker's after the constructor
  std::uint64_t last_;
  std::uint64_t durable_;
  std::vector<JournalEntry> queue_;
  std::shared_ptr<Batch> batch_;
  Timestamp began_{};    // the batch in hand
  std::string failure_;  // "" while all is well
  std::optional<Loop::TimerId> timer_;
  std::shared_ptr<Waiters> waiters_ = std::make_shared<Waiters>();
  JournalPages pages_;
  JournalFeed feed_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
  std::optional<Worker> worker_;
};

}  // namespace vcsr::sqlite
