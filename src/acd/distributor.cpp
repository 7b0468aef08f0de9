// SPDX-License-Identifier: Apache-2.0
#include "acd/distributor.hpp"

#include <algorithm>
#include <utility>

namespace vcsr::acd {

QueueNumber Distributor::add_queue(Terms terms) {
  VCSR_ASSERT(terms.weight > 0 && terms.group > 0);
  queues_.emplace_back().terms = std::move(terms);
  return static_cast<QueueNumber>(queues_.size() - 1);
}

AgentNumber Distributor::add_agent(std::string id, Skills skills) {
  Agent& agent = agents_.emplace_back();
  agent.id = std::move(id);
  agent.skills = std::move(skills);
  return static_cast<AgentNumber>(agents_.size() - 1);
}

void Distributor::set_skills(AgentNumber number, Skills skills, Timestamp now) {
  Agent& agent = agents_[number];
  unlist(number);
  agent.skills = std::move(skills);
  for (const Member& member : agent.queues) {
    lose_seats(agent, member.queue);
    take_seats(agent, member);
  }
  serve(number, now);
}

void Distributor::join(AgentNumber number, QueueNumber name, int level, Timestamp now) {
  Agent& agent = agents_[number];
  Queue& queue = queues_[name];
  unlist(number);
  const auto found = std::find_if(agent.queues.begin(), agent.queues.end(),
                                  [name](const Member& member) { return member.queue == name; });
  if (found != agent.queues.end()) {
    found->level = level;
    lose_seats(agent, name);
    take_seats(agent, *found);
  } else {
    const Member member{name, level, queue.joined++};
    agent.queues.push_back(member);
    queue.members.push_back(number);
    ++queue.by_standing[static_cast<std::size_t>(agent.availability.standing)];
    take_seats(agent, member);
  }
  serve(number, now);
}

void Distributor::leave(AgentNumber number, QueueNumber name, Timestamp now) {
  Agent& agent = agents_[number];
  if (!is_member(agent, name)) return;
  Queue& queue = queues_[name];
  unlist(number);
  lose_seats(agent, name);
  std::erase_if(agent.queues, [name](const Member& member) { return member.queue == name; });
  std::erase(queue.members, number);
  --queue.by_standing[static_cast<std::size_t>(agent.availability.standing)];
  release_held(number, name, now);
  serve(number, now);
}

void Distributor::update(AgentNumber number, Availability availability, Timestamp now) {
  Agent& agent = agents_[number];
  unlist(number);
  count(agent, -1);
  if (agent.availability.standing == Standing::logged_out) {
    agent.logged_in = now;
    agent.measures.occupied = Duration::zero();
  }
  agent.availability = std::move(availability);
  count(agent, 1);
  if (agent.availability.standing != Standing::ready) agent.availability.open = {};
  if (agent.availability.standing == Standing::logged_out) release_held(number, {}, now);
  Measures& measures = agent.measures;
  const Duration present = now - agent.logged_in;
  measures.occupancy = present.count() > 0 ? measures.occupied.count() * 1'000'000 / present.count() : 0;
  measures.load = agent.availability.load;
  measures.since = agent.availability.since;
  serve(number, now);
}

void Distributor::credit(AgentNumber number, Duration talked, Duration occupied) {
  agents_[number].measures.talked += talked;
  agents_[number].measures.occupied += occupied;
}

void Distributor::remember(AgentNumber number, std::size_t contacts, Duration talked) {
  agents_[number].measures.contacts += static_cast<std::int64_t>(contacts);
  agents_[number].measures.talked += talked;
}

bool Distributor::is_member(const Agent& agent, QueueNumber queue) const {
  return std::any_of(agent.queues.begin(), agent.queues.end(),
                     [queue](const Member& member) { return member.queue == queue; });
}

void Distributor::count(const Agent& agent, int by) {
  const auto standing = static_cast<std::size_t>(agent.availability.standing);
  for (const Member& member : agent.queues)
    queues_[member.queue].by_standing[standing] += static_cast<std::uint32_t>(by);
}

std::uint64_t Distributor::draw() {
  // SplitMix64: small, seeded, the same everywhere.
  std::uint64_t mixed = random_ += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

}  // namespace vcsr::acd
