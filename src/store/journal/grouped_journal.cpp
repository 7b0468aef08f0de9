// SPDX-License-Identifier: Apache-2.0
#include "store/journal/grouped_journal.hpp"

#include <algorithm>
#include <iterator>

namespace vcsr {

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

/// As every database takes it: UTF-8 without NUL.
std::string storable(std::string text) {
  const auto plain = [](char letter) { return letter >= ' ' && letter <= '~'; };
  if (std::all_of(text.begin(), text.end(), plain)) return text;
  std::replace(text.begin(), text.end(), '\0', '?');
  return from_json(to_json(std::move(text))).text();
}

}  // namespace

struct GroupedJournal::Waiter {
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

GroupedJournal::GroupedJournal(Loop& loop, std::unique_ptr<JournalWriter> writer,
                               std::unique_ptr<JournalReader> reader, const Options& options)
    : loop_(loop),
      group_(options.group),
      mode_(options.mode),
      log_(options.log.component("journal")),
      writer_(std::move(writer)),
      name_(writer_->name()),
      stuck_(writer_->stuck()),
      last_(writer_->last()),
      durable_(last_),
      pages_(loop, std::move(reader), mode_),
      feed_(
          loop, last_, [this](std::uint64_t first, std::size_t limit) { return pages_.read(first, limit); },
          log_),
      worker_(std::in_place, loop, mode_) {}

GroupedJournal::~GroupedJournal() {
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

std::uint64_t GroupedJournal::append(std::string type, std::string subject, Facts data) {
  queue_.push_back({.number = ++last_,
                    .at = loop_.wall_time(),
                    .type = storable(std::move(type)),
                    .subject = storable(std::move(subject)),
                    .data = std::move(data)});
  const std::uint64_t number = last_;
  if (batch_) return number;
  if (mode_ == Worker::Mode::on_loop) write();
  else if (!timer_) write_after(group_);
  return number;
}

void GroupedJournal::write_after(Duration pause) {
  timer_ = loop_.at(loop_.now() + pause, [this] {
    timer_.reset();
    write();
  });
}

void GroupedJournal::hasten() {
  const Duration pause = pause_before_next(true);
  if (pause == Duration::zero()) return write();
  loop_.cancel(*timer_);
  write_after(pause);
}

Duration GroupedJournal::pause_before_next(bool awaited) const {
  if (awaited && queue_.size() >= well_shared) return Duration::zero();
  const Duration share = awaited ? std::min(group_, share_for) : group_;
  return std::max(Duration::zero(), began_ + share - loop_.now());
}

void GroupedJournal::write() {
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

void GroupedJournal::attempt(Batch& batch) noexcept {
  batch.failure = writer_->write(batch.entries);
  batch.durable = batch.failure.empty();
}

void GroupedJournal::attempted() {
  if (batch_->durable) succeeded();
  else failed();
}

void GroupedJournal::succeeded() {
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

void GroupedJournal::failed() {
  if (failure_.empty())
    log_.warning("entries wait in memory, trying again each second", {{"why", batch_->failure}});
  failure_ = batch_->failure;
  write_after(retry_after);
}

std::string GroupedJournal::trouble() const {
  const bool slow = batch_ && loop_.now() - began_ > patience;
  if (failure_.empty() && !slow) return {};
  const std::string why = failure_.empty() ? name_ + ": " + stuck_ : failure_;
  return why + " (" + std::to_string(last_ - durable_) + " entries wait in memory)";
}

Task<> GroupedJournal::reached(std::uint64_t number) {
  if (durable_ >= number) co_return;
  if (timer_ && failure_.empty()) hasten();
  Waiter waiter(loop_, waiters_, number);
  co_await waiter.done;
}

Task<std::vector<JournalEntry>> GroupedJournal::read(std::uint64_t first, std::size_t limit) {
  return pages_.read(first, limit);
}

Journal::Subscription GroupedJournal::follow(std::uint64_t first, Follower follower) {
  return feed_.follow(first, std::move(follower));
}

}  // namespace vcsr
