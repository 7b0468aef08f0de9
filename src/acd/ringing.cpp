// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "acd/distributor.hpp"

namespace vcsr::acd {

Distributor::Ringing* Distributor::ringing(ContactNumber number) {
  std::vector<Ringing>& all = queues_[class_of(contacts_[number]).queue].ringing;
  const auto found =
      std::find_if(all.begin(), all.end(), [number](const Ringing& one) { return one.contact == number; });
  return found == all.end() ? nullptr : &*found;
}

void Distributor::stop_ringing(ContactNumber number) {
  std::erase_if(queues_[class_of(contacts_[number]).queue].ringing,
                [number](const Ringing& one) { return one.contact == number; });
}

void Distributor::settle_on(ContactNumber number, AgentNumber agent) {
  Contact& contact = contacts_[number];
  VCSR_ASSERT(contact.state == State::offered);
  stop_ringing(number);
  if (agent != nobody) contact.offered_to = {agent};
}

bool Distributor::may_join(const Ringing& offer, const Agent& agent, AgentNumber number,
                           Timestamp now) const {
  const Contact& contact = contacts_[offer.contact];
  const Class& group = class_of(contact);
  if (contact.offered_to.size() >= queues_[group.queue].terms.group || is_awaited(contact, now)) return false;
  if (!agent.availability.open.has(group.channel)) return false;
  const auto among = [number](const std::vector<AgentNumber>& all) {
    return std::find(all.begin(), all.end(), number) != all.end();
  };
  if (among(offer.passed) || among(contact.offered_to)) return false;
  return std::any_of(agent.seats.begin(), agent.seats.end(),
                     [&](const Seat& seat) { return &classes_[seat.group] == &group; });
}

bool Distributor::joins(AgentNumber number, Timestamp now) {
  const Agent& agent = agents_[number];
  ContactNumber oldest = nobody;
  for (const Member& member : agent.queues)
    for (const Ringing& offer : queues_[member.queue].ringing)
      if (may_join(offer, agent, number, now) &&
          (oldest == nobody || place_of(offer.contact) < place_of(oldest)))
        oldest = offer.contact;
  if (oldest == nobody) return false;
  add(oldest, number, true, now);
  return true;
}

void Distributor::widen(ContactNumber number, Timestamp now) {
  const Ringing* const offer = ringing(number);
  if (!offer) return;
  std::vector<AgentNumber> more;
  class_of(contacts_[number]).available.each([&](const Candidate& candidate) {
    if (may_join(*offer, agents_[candidate.agent], candidate.agent, now)) more.push_back(candidate.agent);
    return true;
  });
  for (const AgentNumber agent : more)
    if (may_join(*offer, agents_[agent], agent, now)) add(number, agent, false, now);
}

void Distributor::add(ContactNumber number, AgentNumber agent, bool agent_came, Timestamp now) {
  Grounds grounds = grounds_of(number, {agent}, now);
  grounds.agent_came = agent_came;
  reserve(agent);
  contacts_[number].offered_to.push_back(agent);
  offers_.push_back({number, {agent}, grounds});
}

}  // namespace vcsr::acd
