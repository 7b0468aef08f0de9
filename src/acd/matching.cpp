// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <utility>

#include "acd/distributor.hpp"

namespace vcsr::acd {

namespace {

/// Of so many choices between queues that their weights decide otherwise, one is by age alone: however the
/// weights are, nobody waits for ever.
constexpr std::uint8_t turns = 8;

}  // namespace

Candidate Distributor::candidate(AgentNumber number, const Seat& seat) const {
  const Strategy strategy = queues_[classes_[seat.group].queue].terms.strategy;
  return candidate_by(strategy, number, seat, agents_[number].shown);
}

void Distributor::list(AgentNumber number) {
  Agent& agent = agents_[number];
  agent.shown = agent.measures;
  agent.listed = true;
  for (const Seat& seat : agent.seats) {
    Class& group = classes_[seat.group];
    if (agent.availability.open.has(group.channel)) group.available.insert(candidate(number, seat));
  }
}

void Distributor::unlist(AgentNumber number) {
  Agent& agent = agents_[number];
  if (!std::exchange(agent.listed, false)) return;
  for (const Seat& seat : agent.seats) {
    Class& group = classes_[seat.group];
    if (agent.availability.open.has(group.channel)) group.available.erase(candidate(number, seat));
  }
}

void Distributor::serve(AgentNumber number, Timestamp now) {
  Agent& agent = agents_[number];
  if (agent.listed || agent.availability.open.empty()) return;
  const Found found = most_urgent(agent, now);
  if (found.contact != nobody) give(found.contact, {number}, true, now);
  else if (!joins(number, now)) list(number);
}

void Distributor::consider(const Place& place, const Queue& queue, Timestamp now, Found& oldest,
                           Found& best) const {
  const double weight = queue.terms.weight;
  const auto age = static_cast<double>((now - place.rank).count());
  const Found found{place.contact, queue.debt(), age >= 0 ? age * weight : age / weight, place};
  if (oldest.contact == nobody || place < oldest.place) oldest = found;
  if (best.contact == nobody || found.goes_before(best)) best = found;
}

Distributor::Found Distributor::most_urgent(Agent& agent, Timestamp now) const {
  Found oldest, best;
  for (const Seat& seat : agent.seats) {
    if (waiting_[seat.group] == 0) continue;
    const Class& group = classes_[seat.group];
    if (agent.availability.open.has(group.channel))
      consider(group.line.first(), queues_[group.queue], now, oldest, best);
  }
  agent.held.each([&](const Place& place) {
    const Class& group = class_of(contacts_[place.contact]);
    if (!agent.availability.open.has(group.channel)) return true;
    consider(place, queues_[group.queue], now, oldest, best);
    return false;
  });
  if (oldest.contact != best.contact && ++agent.turn % turns == 0) return oldest;
  return best;
}

std::vector<AgentNumber> Distributor::choose(const Class& group, ContactNumber contact) {
  const Queue& queue = queues_[group.queue];
  if (queue.terms.strategy != Strategy::ring_all) return {choose_one(group, contact)};
  std::vector<AgentNumber> all;
  group.available.each([&](const Candidate& candidate) {
    all.push_back(candidate.agent);
    return all.size() < queue.terms.group;
  });
  return all;
}

AgentNumber Distributor::choose_one(const Class& group, ContactNumber contact) {
  const Queue& queue = queues_[group.queue];
  const Candidate& first = group.available.first();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  switch (queue.terms.strategy) {
    case Strategy::random: {
      const std::size_t equals =
          group.available.count_before({first.level, first.load, most, Timestamp::max(), nobody});
      return group.available.at(draw() % equals).agent;
    }
    case Strategy::round_robin: {
      const Candidate* next =
          group.available.from({first.level, first.load, queue.last + 1, Timestamp::min(), 0});
      const bool of_them = next && next->level == first.level && next->load == first.load;
      return (of_them ? *next : first).agent;
    }
    case Strategy::custom: return best_by_function(group, contact);
    default: return first.agent;
  }
}

AgentNumber Distributor::best_by_function(const Class& group, ContactNumber contact) const {
  AgentNumber best = nobody;
  double highest = 0;
  group.available.each([&](const Candidate& candidate) {
    const double score = score_of(group, candidate.agent, contact, {});
    if (best == nobody || score > highest) {
      best = candidate.agent;
      highest = score;
    }
    return true;
  });
  return best;
}

double Distributor::score_of(const Class& group, AgentNumber number, ContactNumber contact,
                             Timestamp now) const {
  const Terms& terms = queues_[group.queue].terms;
  if (terms.strategy == Strategy::custom && terms.score) return terms.score(contact, number);
  const Agent& agent = agents_[number];
  for (const Seat& seat : agent.seats)
    if (&classes_[seat.group] == &group)
      return score_by(terms.strategy, candidate_by(terms.strategy, number, seat, agent.measures), now);
  return 0;
}

Grounds Distributor::grounds_of(ContactNumber number, const std::vector<AgentNumber>& agents,
                                Timestamp now) const {
  const Contact& contact = contacts_[number];
  const Class& group = class_of(contact);
  const Queue& queue = queues_[group.queue];
  const Strategy strategy = queue.terms.strategy;
  Grounds grounds{.strategy = strategy,
                  .preferred = contact.preferred == agents.front() && now < contact.preferred_until,
                  .score = score_of(group, agents.front(), number, now),
                  .debt = queue.terms.goal ? std::optional(queue.debt()) : std::nullopt,
                  .step = contact.step,
                  .members = queue.members.size(),
                  .qualified = group.qualified,
                  .free = group.available.size(),
                  .by_standing = queue.by_standing};
  if (grounds.preferred || agents.size() > 1 || strategy == Strategy::random || strategy == Strategy::custom)
    return grounds;
  std::size_t next = 0;
  group.available.each([&](const Candidate& candidate) {
    if (candidate.agent != agents.front())
      grounds.runners_up[next++] = {candidate.agent, score_by(strategy, candidate, now)};
    return next < grounds.runners_up.size();
  });
  return grounds;
}

void Distributor::give(ContactNumber number, std::vector<AgentNumber> agents, bool agent_came,
                       Timestamp now) {
  Contact& contact = contacts_[number];
  displace(number);
  VCSR_ASSERT(contact.state == State::aside && contact.offered_to.empty() && !agents.empty());
  Grounds grounds = grounds_of(number, agents, now);
  grounds.agent_came = agent_came;
  for (const AgentNumber chosen : agents) reserve(chosen);
  Queue& queue = queues_[class_of(contact).queue];
  for (const Member& member : agents_[agents.front()].queues)
    if (&queues_[member.queue] == &queue && !grounds.preferred) queue.last = member.order;
  contact.state = State::offered;
  contact.offered_to = agents;
  if (queue.terms.strategy == Strategy::ring_all) queue.ringing.push_back({number});
  offers_.push_back({number, std::move(agents), grounds});
}

void Distributor::reserve(AgentNumber number) {
  Agent& agent = agents_[number];
  VCSR_ASSERT(agent.availability.standing == Standing::ready);
  unlist(number);
  count(agent, -1);
  agent.availability.standing = Standing::reserved;
  agent.availability.open = {};
  count(agent, 1);
}

}  // namespace vcsr::acd
