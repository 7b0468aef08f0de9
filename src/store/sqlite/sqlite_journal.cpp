// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_journal.hpp"

#include <algorithm>
#include <iterator>

namespace vcsr::sqlite {

namespace {

constexpr Duration retry_after = std::chrono::seconds(1);
/// Between the beginnings of two commits that somebody waits for: a commit costs the same for one as for all.
constexpr Duration share_for = std::chrono::milliseconds(10);
/// So many entries have a commit of their own.
constexpr std::size_t well_shared = 200;
/// A disk that keeps a batch this long is in trouble although it reports none.
constexpr Duration patience = std::chrono::seconds(5);
/// Attempts to write what is queued when the journal is closed.
constexpr int last_attempts = 3;

}  // namespace

struct SqliteJournal::Waiter {
  Waiter(Loop& loop, std::shared_ptr<Waiters> waiters, std::uint64_t number)
      : number(number), done(loop), waiters(std::move(waiters)) {
    this->waiters->push_back(this);
  }
  ~Waiter() { waiters->remove(this); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  const std::uint64_t number;
  Event<std::monostate> done;
  const std::shared_ptr<Waiters> waiters;
};

SqliteJournal::SqliteJournal(Loop& loop, Store store, SqliteOptions options)
    : loop_(loop),
      store_(std::move(store)),
      group_(options.group),
      mode_(options.worker),
      log_(options.log.component("journal")),
      writer_(store_),
      last_(writer_.last()),
      durable_(last_),
      pages_(loop, store_, mode_),
      feed_(
          loop, last_, [this](std::uint64_t first, std::size_t limit) { return pages_.read(first, limit); },
          log_),
      worker_(std::in_place, loop, mode_) {}

SqliteJournal::~SqliteJournal() {
  if (timer_) loop_.cancel(*timer_);
  if (!batch_) batch_ = std::make_shared<Batch>();
  std::size_t lost = 0;
  worker_->submit([this, &lost] {
    Batch& batch = *batch_;
    if (batch.durable) batch.entries.clear();
    std::move(queue_.begin(), queue_.end(), std::back_inserter(batch.entries));
    batch.durable = batch.entries.empty();
    for (int i = 0; i < last_attempts && !batch.durable; ++i) attempt(batch);
    if (!batch.durable) lost = batch.entries.size();
  });
  worker_.reset();
  if (lost > 0)
    log_.error("entries are lost", {{"why", batch_->failure}, {"lost", lost}, {"first", last_ - lost + 1}});
}

std::uint64_t SqliteJournal::append(std::string type, std::string subject, Facts data) {
  queue_.push_back({.number = ++last_,
                    .at = loop_.wall_time(),
                    .type = std::move(type),
                    .subject = std::move(subject),
                    .data = std::move(data)});
  const std::uint64_t number = last_;
  if (batch_) return number;
  if (mode_ == Worker::Mode::on_loop) write();
  else if (!timer_) write_after(group_);
  return number;
}

void SqliteJournal::write_after(Duration pause) {
  timer_ = loop_.at(loop_.now() + pause, [this] {
    timer_.reset();
    write();
  });
}

void SqliteJournal::hasten() {
  const Duration pause = pause_before_next(true);
  if (pause == Duration::zero()) return write();
  loop_.cancel(*timer_);
  write_after(pause);
}

Duration SqliteJournal::pause_before_next(bool awaited) const {
  if (awaited && queue_.size() >= well_shared) return Duration::zero();
  const Duration share = awaited ? std::min(group_, share_for) : group_;
  return std::max(Duration::zero(), began_ + share - loop_.now());
}

void SqliteJournal::write() {
  if (timer_) loop_.cancel(*std::exchange(timer_, {}));
  if (!batch_) {
    batch_ = std::make_shared<Batch>();
    batch_->entries.swap(queue_);
  }
  began_ = loop_.now();
  if (mode_ == Worker::Mode::on_loop) {
    attempt(*batch_);
    attempted();
    return;
  }
  worker_->submit([this, batch = batch_, alive = std::weak_ptr<int>(alive_)] {
    attempt(*batch);
    loop_.post([this, alive] {
      if (!alive.expired()) attempted();
    });
  });
}

void SqliteJournal::attempt(Batch& batch) noexcept {
  batch.failure = writer_.write(batch.entries);
  batch.durable = batch.failure.empty();
}

void SqliteJournal::attempted() {
  if (batch_->durable) succeeded();
  else failed();
}

void SqliteJournal::succeeded() {
  std::vector<JournalEntry> entries = std::move(batch_->entries);
  batch_.reset();
  durable_ = entries.back().number;
  if (!failure_.empty()) log_.info("entries are durable again", {{"last", durable_}});
  failure_.clear();
  for (Waiter* const waiter : *waiters_)
    if (waiter->number <= durable_) waiter->done.set({});
  feed_.publish(std::move(entries));
  if (queue_.empty()) return;
  const bool awaited = std::any_of(waiters_->begin(), waiters_->end(),
                                   [this](const Waiter* waiter) { return waiter->number > durable_; });
  write_after(pause_before_next(awaited));
}

void SqliteJournal::failed() {
  if (failure_.empty())
    log_.warning("entries wait in memory, trying again each second", {{"why", batch_->failure}});
  failure_ = batch_->failure;
  write_after(retry_after);
}

std::string SqliteJournal::trouble() const {
  const bool slow = batch_ && loop_.now() - began_ > patience;
  if (failure_.empty() && !slow) return {};
  const std::string why =
      failure_.empty() ? store_.name() + ": the disk does not finish writing; check it" : failure_;
  return why + " (" + std::to_string(last_ - durable_) + " entries wait in memory)";
}

Task<> SqliteJournal::reached(std::uint64_t number) {
  if (durable_ >= number) co_return;
  if (timer_ && failure_.empty()) hasten();
  Waiter waiter(loop_, waiters_, number);
  co_await waiter.done;
}

Task<std::vector<JournalEntry>> SqliteJournal::read(std::uint64_t first, std::size_t limit) {
  return pages_.read(first, limit);
}

Journal::Subscription SqliteJournal::follow(std::uint64_t first, Follower follower) {
  return feed_.follow(first, std::move(follower));
}

}  // namespace vcsr::sqlite

namespace vcsr {

std::unique_ptr<Journal> open_sqlite_journal(Loop& loop, const std::string& path, SqliteOptions options) {
  return std::make_unique<sqlite::SqliteJournal>(loop, sqlite::Store{"journal", path}, std::move(options));
}

}  // namespace vcsr
