// SPDX-License-Identifier: Apache-2.0
#include "simulation/told_journal.hpp"

#include <utility>

namespace vcsr {

ToldJournal::ToldJournal(Loop& loop, Listener listener)
    : loop_(loop),
      listener_(std::move(listener)),
      feed_(loop, 0, [this](std::uint64_t first, std::size_t limit) { return read(first, limit); }) {}

std::uint64_t ToldJournal::append(std::string type, std::string subject, Facts data) {
  JournalEntry entry{.number = ++last_,
                     .at = loop_.wall_time(),
                     .type = std::move(type),
                     .subject = std::move(subject),
                     .data = std::move(data)};
  listener_(entry);
  if (feed_.followed()) feed_.publish(std::vector<JournalEntry>(1, entry));
  else feed_.reached(last_);
  return last_;
}

Task<> ToldJournal::durable() { co_return; }

Task<std::vector<JournalEntry>> ToldJournal::read(std::uint64_t, std::size_t) {
  co_return std::vector<JournalEntry>();
}

Journal::Subscription ToldJournal::follow(std::uint64_t first, Follower follower) {
  return feed_.follow(first, std::move(follower));
}

}  // namespace vcsr
