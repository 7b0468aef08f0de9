// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/journal/journal_feed.hpp"
#include "store/journal/journal_pages.hpp"

namespace vcsr {

/// A journal over any database: append() queues; a group later, or once somebody waits, the whole queue goes
/// to the writer's thread as one batch. There is one batch at a time, which stays until it is durable.
class GroupedJournal final : public Journal {
 public:
  struct Options {
    Worker::Mode mode = Worker::Mode::thread;
    Duration group{};  ///< entries that come within this time share one commit
    Log log = {};
  };

  GroupedJournal(Loop& loop, std::unique_ptr<JournalWriter> writer, std::unique_ptr<JournalReader> reader,
                 const Options& options);
  /// Tries to write what is queued, for some seconds at most, and logs what is lost.
  ~GroupedJournal() override;

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
  const Duration group_;
  const Worker::Mode mode_;
  const Log log_;
  const std::unique_ptr<JournalWriter> writer_;  // the worker's after the constructor
  const std::string name_, stuck_;
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

}  // namespace vcsr
