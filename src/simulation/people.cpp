// SPDX-License-Identifier: Apache-2.0
#include "simulation/people.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "vcsr/journal_events.hpp"

namespace vcsr {

void People::add(const Agent& agent, Duration rings) { seats_.emplace(agent.id(), Seat{agent, rings}); }

void People::add(const Contact& contact, Duration talk, std::optional<Duration> patience) {
  Visit& visit = visits_.emplace(contact.id(), Visit{contact, talk}).first->second;
  if (!patience) return;
  visit.patience = loop_.at(loop_.now() + *patience, [&visit] {
    visit.patience.reset();
    // The visit is over by that.
    Contact leaving = visit.contact;
    leaving.close();
  });
}

bool People::busy() const {
  return !visits_.empty() || std::any_of(seats_.begin(), seats_.end(), [](const auto& seat) {
    return seat.second.agent.state() > AgentState::ready;
  });
}

void People::hear(const JournalEntry& entry) {
  constexpr std::string_view offered = events::contact_offered, ended = events::offer_ended,
                             connected = events::contact_connected,
                             disconnected = events::contact_disconnected, closed = events::contact_closed;
  const std::string_view type = entry.type;
  if (type != offered && type != ended && type != connected && type != disconnected && type != closed) return;
  const auto found = visits_.find(entry.subject);
  if (found == visits_.end()) return;
  Visit& visit = found->second;
  if (type == offered) offer(visit, *entry.data.at("agent").get_if<std::string>());
  else if (type == connected) talk(visit);
  else stop(visit.next);
  if (type != closed) return;
  stop(visit.patience);
  visits_.erase(found);
}

void People::offer(Visit& visit, const std::string& agent) {
  visit.seat = &seats_.at(agent);
  visit.next = loop_.at(loop_.now() + visit.seat->rings, [this, &visit] { take(visit); });
}

void People::take(Visit& visit) {
  visit.next.reset();
  stop(visit.patience);
  visit.seat->agent.accept(visit.contact.id());
}

void People::talk(Visit& visit) {
  visit.next = loop_.at(loop_.now() + visit.talk, [&visit] {
    visit.next.reset();
    visit.seat->agent.finish(visit.contact.id());
  });
}

void People::stop(std::optional<Loop::TimerId>& timer) {
  if (timer) loop_.cancel(*std::exchange(timer, {}));
}

}  // namespace vcsr
