// SPDX-License-Identifier: Apache-2.0
#include "simulation/told_journal.hpp"

#include <utility>

#include "vcsr/store/memory.hpp"

namespace vcsr {

ToldJournal::ToldJournal(Loop& loop, Listener listener)
    : loop_(loop), listener_(std::move(listener)), kept_(make_memory_journal(loop, 0)) {}

std::uint64_t ToldJournal::append(std::string type, std::string subject, Facts data) {
  JournalEntry entry{.number = kept_->last() + 1,
                     .at = loop_.wall_time(),
                     .type = std::move(type),
                     .subject = std::move(subject),
                     .data = std::move(data)};
  listener_(entry);
  return kept_->append(std::move(entry.type), std::move(entry.subject), std::move(entry.data));
}

Task<> ToldJournal::durable() { return kept_->durable(); }

Task<std::vector<JournalEntry>> ToldJournal::read(std::uint64_t first, std::size_t limit) {
  return kept_->read(first, limit);
}

Journal::Subscription ToldJournal::follow(std::uint64_t first, Follower follower) {
  return kept_->follow(first, std::move(follower));
}

}  // namespace vcsr
