// SPDX-License-Identifier: Apache-2.0
#include "core/dispatch.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/agent_impl.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

void Dispatch::add(Queue::Impl& queue) {
  const QueueOptions& options = queue.options;
  acd::Distributor::Terms terms{.name = options.name,
                                .strategy = options.strategy,
                                .priority_worth = options.priority_worth,
                                .weight = options.weight};
  if (options.fairness == Fairness::service_level) terms.goal = options.service_level_goal;
  if (options.strategy == Strategy::random) distributor.seed(loop_.random());
  if (options.score)
    terms.score = [this, score = options.score](acd::ContactNumber contact, acd::AgentNumber agent) {
      return score(ticket(contact).contact().id, distributor.id(agent));
    };
  queue.number = distributor.add_queue(std::move(terms));
}

void Dispatch::add(const std::shared_ptr<Agent::Impl>& agent) {
  agent->number = distributor.add_agent(agent->options.id, agent->options.skills);
  if (!agent->options.skills.empty()) agent->tell_skills();
  agents_.push_back(agent);
}

acd::ContactNumber Dispatch::admit(Ticket& ticket, const acd::Entry& entry) {
  const acd::ContactNumber number = distributor.admit(entry, now());
  tickets_.resize(std::max<std::size_t>(tickets_.size(), number + 1));
  tickets_[number] = &ticket;
  return number;
}

const Ticket* Dispatch::find(const std::string& contact) const {
  const auto found = std::find_if(tickets_.begin(), tickets_.end(), [&contact](const Ticket* ticket) {
    return ticket && ticket->contact().id == contact;
  });
  return found == tickets_.end() ? nullptr : *found;
}

void Dispatch::settle() {
  if (settling_ || !open_) return;
  settling_ = true;
  for (auto offers = distributor.take_offers(); !offers.empty(); offers = distributor.take_offers())
    for (const acd::Offer& offer : offers) give(offer);
  settling_ = false;
  set_timer();
}

void Dispatch::give(const acd::Offer& offer) {
  Ticket& chosen = ticket(offer.contact);
  for (const acd::AgentNumber number : offer.agents) {
    const std::shared_ptr<Agent::Impl> agent = agents_[number].lock();
    VCSR_ASSERT(agent);
    if (chosen.contact().services->options.explains_choices)
      chosen.contact().append(events::contact_assigned, facts_of(offer, number));
    chosen.give(agent);
  }
}

Facts Dispatch::facts_of(const acd::Offer& offer, acd::AgentNumber agent) const {
  const acd::Grounds& grounds = offer.grounds;
  Value::List next;
  for (const auto& [agent, score] : grounds.runners_up)
    if (agent != acd::nobody) next.push_back(make_facts("agent", distributor.id(agent), "score", score));
  const auto agents_in = [&grounds](acd::Standing standing) {
    return grounds.by_standing[static_cast<std::size_t>(standing)];
  };
  const std::string& requirement = distributor.requirement(offer.contact).text();
  const char* why = grounds.preferred ? "preferred" : grounds.agent_came ? "agent_free" : "contact_came";
  Facts facts = make_facts(
      "agent", distributor.id(agent), "agents", grounds.members, "engaged", agents_in(acd::Standing::engaged),
      "free", grounds.free, "logged_out", agents_in(acd::Standing::logged_out), "next", std::move(next),
      "not_ready", agents_in(acd::Standing::not_ready), "qualified", grounds.qualified, "queue",
      ticket(offer.contact).queue_name(), "requirement", requirement, "reserved",
      agents_in(acd::Standing::reserved), "score", grounds.score, "step", grounds.step, "strategy",
      to_string(grounds.strategy), "why", why, "wrap_up", agents_in(acd::Standing::wrap_up));
  if (grounds.debt) facts.emplace("debt", *grounds.debt);
  return facts;
}

void Dispatch::look_around(const Queue::Impl& queue) const {
  for (const acd::ContactNumber contact : distributor.line(queue.number)) tickets_[contact]->look_around();
}

void Dispatch::set_timer() {
  const std::optional<Timestamp> next = distributor.next_deadline();
  if (next == due_) return;
  if (timer_) loop_.cancel(*std::exchange(timer_, {}));
  due_ = next;
  if (!next) return;
  timer_ = loop_.at(*next, [this] {
    timer_.reset();
    due_.reset();
    distributor.advance(now());
    settle();
  });
}

void Dispatch::close() {
  open_ = false;
  if (timer_) loop_.cancel(*std::exchange(timer_, {}));
}

}  // namespace vcsr
