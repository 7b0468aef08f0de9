// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "acd/distributor.hpp"

namespace vcsr::acd {

namespace {

/// Ladders that nobody stands on are kept so many, for who comes next with the same.
constexpr std::size_t kept = 4096;

std::string head_of(QueueNumber queue, Channel channel) {
  return std::to_string(queue) + "/" + std::to_string(static_cast<int>(channel)) + "/";
}

/// Of one whose place is taken over.
template <class Record>
std::uint32_t take_number(std::vector<std::uint32_t>& free, Record& records) {
  if (free.empty()) {
    records.emplace_back();
    return static_cast<std::uint32_t>(records.size() - 1);
  }
  const std::uint32_t number = free.back();
  free.pop_back();
  return number;
}

}  // namespace

LadderNumber Distributor::ladder(QueueNumber queue, Channel channel, const Requirement& requirement,
                                 const std::vector<RequirementStep>& steps) {
  std::string key = head_of(queue, channel) + requirement.text();
  for (const RequirementStep& step : steps)
    key += "\n" + std::to_string(step.after.count()) + " " + step.requirement.text();
  const auto [known, is_new] = ladder_numbers_.try_emplace(std::move(key), 0);
  if (!is_new) return known->second;
  const LadderNumber number = known->second = take_number(free_ladders_, ladders_);
  Ladder ladder{known->first, {Duration::zero()}, {class_of(queue, channel, requirement)}, 0};
  Requirement wider = requirement;
  for (const RequirementStep& step : steps) {
    wider = wider.or_else(step.requirement);
    ladder.after.push_back(step.after);
    ladder.classes.push_back(class_of(queue, channel, wider));
  }
  for (const ClassNumber group : ladder.classes) ++classes_[group].ladders;
  ladders_[number] = std::move(ladder);
  return number;
}

ClassNumber Distributor::class_of(QueueNumber queue, Channel channel, const Requirement& requirement) {
  const auto [known, is_new] = class_numbers_.try_emplace(head_of(queue, channel) + requirement.text(), 0);
  if (!is_new) return known->second;
  const ClassNumber number = known->second = take_number(free_classes_, classes_);
  Class& group = classes_[number];
  group.queue = queue;
  group.channel = channel;
  group.requirement = requirement;
  waiting_.resize(classes_.size());
  queues_[queue].classes.push_back(number);
  for (const AgentNumber member : queues_[queue].members) {
    Agent& agent = agents_[member];
    const auto as = std::find_if(agent.queues.begin(), agent.queues.end(),
                                 [queue](const Member& one) { return one.queue == queue; });
    const std::size_t seats = agent.seats.size();
    seat(agent, *as, number);
    if (agent.listed && agent.seats.size() > seats && agent.availability.open.has(channel))
      group.available.insert(candidate(member, agent.seats.back()));
  }
  return number;
}

Distributor::Ladder& Distributor::use_ladder(LadderNumber number) {
  Ladder& ladder = ladders_[number];
  ++ladder.users;
  if (ladder.idle) idle_ladders_.erase(*std::exchange(ladder.idle, {}));
  return ladder;
}

void Distributor::leave_ladder(LadderNumber number) {
  Ladder& ladder = ladders_[number];
  if (--ladder.users > 0) return;
  ladder.idle = idle_ladders_.insert(idle_ladders_.end(), number);
  if (idle_ladders_.size() <= kept) return;
  drop_ladder(idle_ladders_.front());
  idle_ladders_.pop_front();
}

void Distributor::drop_ladder(LadderNumber number) {
  const Ladder ladder = std::exchange(ladders_[number], {});
  ladder_numbers_.erase(ladder.key);
  free_ladders_.push_back(number);
  for (const ClassNumber group : ladder.classes)
    if (--classes_[group].ladders == 0) drop_class(group);
}

void Distributor::drop_class(ClassNumber number) {
  Class& group = classes_[number];
  VCSR_ASSERT(group.line.empty());
  Queue& queue = queues_[group.queue];
  for (const AgentNumber member : queue.members)
    std::erase_if(agents_[member].seats, [number](const Seat& seat) { return seat.group == number; });
  std::erase(queue.classes, number);
  class_numbers_.erase(head_of(group.queue, group.channel) + group.requirement.text());
  group = {};
  free_classes_.push_back(number);
}

void Distributor::seat(Agent& agent, const Member& member, ClassNumber number) {
  Class& group = classes_[number];
  if (!group.requirement.met_by(agent.skills)) return;
  agent.seats.push_back({number, member.level, member.order, group.requirement.score(agent.skills)});
  ++group.qualified;
}

void Distributor::take_seats(Agent& agent, const Member& member) {
  for (const ClassNumber group : queues_[member.queue].classes) seat(agent, member, group);
}

void Distributor::lose_seats(Agent& agent, QueueNumber queue) {
  std::erase_if(agent.seats, [this, queue](const Seat& seat) {
    Class& group = classes_[seat.group];
    if (group.queue != queue) return false;
    --group.qualified;
    return true;
  });
}

}  // namespace vcsr::acd
