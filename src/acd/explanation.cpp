// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "acd/distributor.hpp"

namespace vcsr::acd {

namespace {

Refusal refusal_by(Standing standing) {
  switch (standing) {
    case Standing::logged_out: return Refusal::logged_out;
    case Standing::not_ready: return Refusal::not_ready;
    case Standing::wrap_up: return Refusal::wrap_up;
    case Standing::engaged: return Refusal::engaged;
    case Standing::reserved: return Refusal::reserved;
    case Standing::ready: break;
  }
  return Refusal::none;
}

}  // namespace

ConsideredAgent Distributor::considered(AgentNumber number, ContactNumber contact, std::string_view language,
                                        Timestamp now) const {
  const Agent& agent = agents_[number];
  const Class& group = class_of(contacts_[contact]);
  const Availability& availability = agent.availability;
  ConsideredAgent considered{.agent = agent.id, .refusal = refusal_by(availability.standing)};
  if (!group.requirement.met_by(agent.skills)) {
    considered.refusal = Refusal::lacks_skill;
    considered.detail = group.requirement.why_not(agent.skills, language);
    return considered;
  }
  considered.score = score_of(group, number, contact, now);
  if (considered.refusal == Refusal::not_ready) considered.detail = availability.reason;
  if (considered.refusal == Refusal::none && !availability.open.has(group.channel))
    considered.refusal = Refusal::at_capacity;
  return considered;
}

Explanation Distributor::explain(ContactNumber number, std::string_view language, Timestamp now) const {
  const Contact& contact = contacts_[number];
  const Class& group = class_of(contact);
  const Queue& queue = queues_[group.queue];
  Explanation all{.queue = queue.terms.name,
                  .strategy = queue.terms.strategy,
                  .requirement = group.requirement.text(),
                  .waited = now - contact.joined};
  if (contact.state == State::held) all.state = Explanation::State::held;
  if (contact.state == State::offered) all.state = Explanation::State::offered;
  else all.position = position(number);
  if (queue.terms.goal) {
    all.answered_in_time = 100 * queue.service.share();
    all.goal = 100 * *queue.terms.goal;
  }
  if (contact.deadline) all.changes_in = *contact.deadline - now;
  if (is_awaited(contact, now)) all.preferred = agents_[contact.preferred].id;
  for (const AgentNumber agent : contact.offered_to) all.offered_to.push_back(agents_[agent].id);
  std::vector<bool> could(agents_.size());
  group.available.each([&](const Candidate& candidate) {
    all.agents.push_back(considered(candidate.agent, number, language, now));
    could[candidate.agent] = true;
    return true;
  });
  std::vector<AgentNumber> others;
  std::copy_if(queue.members.begin(), queue.members.end(), std::back_inserter(others),
               [&could](AgentNumber agent) { return !could[agent]; });
  std::sort(others.begin(), others.end(),
            [this](AgentNumber a, AgentNumber b) { return agents_[a].id < agents_[b].id; });
  for (const AgentNumber agent : others) all.agents.push_back(considered(agent, number, language, now));
  return all;
}

}  // namespace vcsr::acd
