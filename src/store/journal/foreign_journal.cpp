// SPDX-License-Identifier: Apache-2.0
#include "store/journal/foreign_journal.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr Duration poll_every = std::chrono::milliseconds(200);

}  // namespace

ForeignJournal::ForeignJournal(Loop& loop, Source source, Worker::Mode mode, const Log& log)
    : loop_(loop),
      name_(std::move(source.name)),
      listen_(std::move(source.listen)),
      log_(log.component("journal")),
      last_(source.reader->last()),
      pages_(loop, std::move(source.reader), mode),
      feed_(
          loop, last_, [this](std::uint64_t first, std::size_t limit) { return pages_.read(first, limit); },
          log_),
      polling_(loop) {}

std::uint64_t ForeignJournal::append(std::string, std::string, Facts) {
  throw Error(Error::Code::unsupported, name_ + ": it is open for reading only");
}

Journal::Subscription ForeignJournal::follow(std::uint64_t first, Follower follower) {
  Subscription subscription = feed_.follow(first, std::move(follower));
  if (!std::exchange(polled_, true)) polling_.spawn(poll());
  return subscription;
}

Task<> ForeignJournal::poll() {
  if (listen_) listening_ = listen_([this] { hinted(); });
  while (feed_.followed()) {
    if (!looking_) co_await look();
    co_await loop_.sleep(poll_every);
  }
  listening_.reset();
  polled_ = false;
}

void ForeignJournal::hinted() {
  if (looking_) look_again_ = true;
  else polling_.spawn(look());
}

Task<> ForeignJournal::look() {
  looking_ = true;
  do {
    look_again_ = false;
    try {
      const std::uint64_t last = co_await pages_.last();
      if (last > last_) feed_.reached(last);
      last_ = last;
      trouble_.clear();
    } catch (const Error& error) {
      if (trouble_.empty()) log_.warning("the journal cannot be read, trying again", {{"why", error.what()}});
      trouble_ = error.what();
    }
  } while (look_again_);
  looking_ = false;
}

}  // namespace vcsr
