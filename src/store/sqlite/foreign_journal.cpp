// SPDX-License-Identifier: Apache-2.0
#include "store/journal_feed.hpp"
#include "store/sqlite/journal_pages.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace vcsr {

namespace {

constexpr Duration poll_every = std::chrono::milliseconds(200);

/// A journal that another process writes, or wrote.
class ForeignJournal final : public Journal {
 public:
  ForeignJournal(Loop& loop, sqlite::Store store, const SqliteOptions& options)
      : loop_(loop),
        store_(std::move(store)),
        log_(options.log.component("journal")),
        last_(newest()),
        pages_(loop, store_, options.worker),
        feed_(
            loop, last_, [this](std::uint64_t first, std::size_t limit) { return pages_.read(first, limit); },
            log_),
        polling_(loop) {}

  std::uint64_t append(std::string, std::string, Facts) override {
    throw Error(Error::Code::unsupported, store_.name() + ": it is open for reading only");
  }
  Task<> durable() override { co_return; }
  Task<std::vector<JournalEntry>> read(std::uint64_t first, std::size_t limit) override {
    return pages_.read(first, limit);
  }
  Subscription follow(std::uint64_t first, Follower follower) override {
    Subscription subscription = feed_.follow(first, std::move(follower));
    if (!std::exchange(polled_, true)) polling_.spawn(poll());
    return subscription;
  }
  std::uint64_t last() const override { return last_; }
  std::string trouble() const override { return trouble_; }

 private:
  std::uint64_t newest() const {
    try {
      return sqlite::JournalTable(store_, sqlite::Access::read).last();
    } catch (const SQLite::Exception& error) {
      throw sqlite::unavailable(store_, error);
    }
  }

  Task<> poll() {
    while (feed_.followed()) {
      co_await look();
      co_await loop_.sleep(poll_every);
    }
    polled_ = false;
  }

  Task<> look() {
    try {
      const std::uint64_t last = co_await pages_.last();
      if (last > last_) feed_.reached(last);
      last_ = last;
      trouble_.clear();
    } catch (const Error& error) {
      if (trouble_.empty()) log_.warning("the journal cannot be read, trying again", {{"why", error.what()}});
      trouble_ = error.what();
    }
  }

  Loop& loop_;
  const sqlite::Store store_;
  const Log log_;
  std::uint64_t last_;
  std::string trouble_;
  sqlite::JournalPages pages_;
  JournalFeed feed_;
  bool polled_ = false;
  Scope polling_;
};

}  // namespace

std::unique_ptr<Journal> read_sqlite_journal(Loop& loop, const std::string& path, SqliteOptions options) {
  return std::make_unique<ForeignJournal>(loop, sqlite::Store{"journal", path}, options);
}

}  // namespace vcsr
