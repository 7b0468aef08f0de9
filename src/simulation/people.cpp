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
  if (type == closed) return forget(found);
  if (type == disconnected) return stop(visit.end);
  const auto seat = seats_.find(*entry.data.at("agent").get_if<std::string>());
  if (seat == seats_.end()) return;
  if (type == offered) offer(visit, seat->second);
  else if (type == ended) end_offer(visit, seat->second);
  else talk(visit, seat->second);
}

void People::forget(Visits::iterator visit) {
  for (const Offer& offer : visit->second.offers) loop_.cancel(offer.timer);
  stop(visit->second.end);
  stop(visit->second.patience);
  visits_.erase(visit);
}

void People::offer(Visit& visit, Seat& seat) {
  visit.offers.push_back(
      {&seat, loop_.at(loop_.now() + seat.rings, [this, &visit, &seat] { take(visit, seat); })});
}

void People::end_offer(Visit& visit, const Seat& seat) {
  std::erase_if(visit.offers, [this, &seat](const Offer& offer) {
    if (offer.seat != &seat) return false;
    loop_.cancel(offer.timer);
    return true;
  });
}

void People::take(Visit& visit, Seat& seat) {
  end_offer(visit, seat);
  stop(visit.patience);
  seat.agent.accept(visit.contact.id());
}

void People::talk(Visit& visit, Seat& seat) {
  visit.seat = &seat;
  visit.end = loop_.at(loop_.now() + visit.talk, [&visit] {
    visit.end.reset();
    visit.seat->agent.finish(visit.contact.id());
  });
}

void People::stop(std::optional<Loop::TimerId>& timer) {
  if (timer) loop_.cancel(*std::exchange(timer, {}));
}

}  // namespace vcsr
