// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

Ticket::Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact, Waiters& waiters,
               int priority, Duration waited_elsewhere)
    : queue_(std::move(queue)),
      contact_(std::move(contact)),
      waiters_(waiters),
      joined_(contact_->services->loop.now()),
      waited_before_(contact_->waited) {
  contact_->queue = queue_->options.name;
  ++queue_->waiting;
  ++queue_->counted.entered;
  acd::Entry entry{
      .ladder = queue_->ladder_of(*contact_), .priority = priority, .head_start = waited_elsewhere};
  const auto preferred = contact_->services->agents.find(contact_->preferred_agent);
  if (preferred != contact_->services->agents.end()) {
    entry.preferred = preferred->second->number;
    entry.preferred_for = contact_->preferred_for;
  }
  number_ = dispatch().admit(*this, entry);
  const std::size_t place = position();
  Facts data = make_facts("position", place, "priority", priority, "queue", queue_->options.name);
  if (const auto wait = contact_->services->waits.estimate(queue_->options.name, place - 1))
    data.emplace("estimate", seconds(*wait));
  contact_->append(events::contact_queued, std::move(data));
}

Ticket::~Ticket() {
  if (agent_) {
    end_offer("withdrawn");
    std::exchange(agent_, {})->release(*contact_);
  }
  if (left_) return;
  ++queue_->counted.abandoned;
  contact_->abandoned = true;
  dispatch().distributor.withdraw(number_);
  leave("abandoned");
  dispatch().settle();
}

void Ticket::seek() {
  found.emplace(contact_->services->loop, waiters_);
  in_line_ = true;
  dispatch().distributor.wait_again(number_, dispatch().now());
  dispatch().settle();
}

std::size_t Ticket::position() const { return dispatch().distributor.position(number_); }

void Ticket::give(const std::shared_ptr<Agent::Impl>& agent) {
  in_line_ = false;
  agent_ = agent;
  agent->reserve(contact_, queue_->terms(), [this](Reply said) { reply(said); });
  found->set({});
}

Duration Ticket::waited() const { return contact_->services->loop.now() - joined_; }

void Ticket::offer() {
  offered_ = true;
  ++queue_->counted.offers;
  contact_->waited = waited_before_ + waited();
  contact_->append(events::contact_offered, make_facts("agent", agent_->options.id, "pop", contact_->pop(),
                                                       "queue", queue_->options.name));
}

void Ticket::end_offer(const char* result) {
  if (!std::exchange(offered_, false)) return;
  contact_->append(events::offer_ended,
                   make_facts("agent", agent_->options.id, "queue", queue_->options.name, "result", result));
}

void Ticket::missed(Reached why) {
  on_reply = {};
  if (!agent_) return;
  ++queue_->counted.misses;
  end_offer(to_string(why));
  dispatch().distributor.decline(number_, agent_->number);
  std::exchange(agent_, {})->miss(*contact_, queue_->options.misses_allowed, why);
}

void Ticket::reply(Reply reply) {
  if (reply == Reply::recall) {
    end_offer("recalled");
    dispatch().distributor.decline(number_, agent_->number);
    std::exchange(agent_, {})->release(*contact_);
  }
  if (on_reply) on_reply(reply);
}

void Ticket::answered(const std::string& by, const char* result) {
  end_offer(result);
  const Duration wait = waited();
  ++queue_->counted.answered;
  if (wait <= queue_->options.service_level) ++queue_->counted.answered_in_time;
  queue_->counted.longest_wait = std::max(queue_->counted.longest_wait, wait);
  contact_->agent = by;
  contact_->served = true;
  if (by == agent_->options.id) dispatch().distributor.accept(number_, agent_->number);
  else dispatch().distributor.withdraw(number_);
  leave("answered");
}

std::shared_ptr<Agent::Impl> Ticket::accept(OnReply reply) {
  answered(agent_->options.id, "accepted");
  std::shared_ptr<Agent::Impl> agent = std::exchange(agent_, {});
  agent->take(*contact_, queue_->terms(), std::move(reply));
  return agent;
}

std::shared_ptr<Agent::Impl> Ticket::accept(Party& taker) {
  const std::string& by = taker.line.record.agent;
  const bool offered_to = by == agent_->options.id;
  answered(by, offered_to ? "accepted" : "picked_up");
  std::shared_ptr<Agent::Impl> agent = std::exchange(agent_, {});
  if (!offered_to) {
    agent->release(*contact_);
    agent = taker.engagement ? taker.engagement->hand_on() : nullptr;
  }
  if (agent) agent->take(*contact_, queue_->terms());
  return agent;
}

void Ticket::flow_out(Overflow::When why) {
  const bool key = why == Overflow::When::key;
  ++(key ? queue_->counted.left_by_key : queue_->counted.timed_out);
  ++queue_->counted.flowed_out[to_string(why)];
  contact_->unserved = true;
  dispatch().distributor.withdraw(number_);
  leave(key ? "key" : "timed_out");
  dispatch().settle();
}

void Ticket::leave(const char* result) {
  left_ = true;
  --queue_->waiting;
  in_line_ = false;
  dispatch().dismiss(number_);
  contact_->waited = waited_before_ + waited();
  contact_->append(events::contact_left_queue,
                   make_facts("queue", queue_->options.name, "result", result, "waited", seconds(waited())));
}

namespace {

Task<> agent_of(Ticket& ticket) { co_await *ticket.found; }

}  // namespace

Task<bool> agent_found(Ticket& ticket, Duration patience) {
  if (patience == Duration::max()) {
    co_await *ticket.found;
  } else {
    const Duration left = patience - ticket.waited();
    Task<> finding = agent_of(ticket);
    Loop& loop = ticket.contact().services->loop;
    Task<std::optional<std::monostate>> limited = within(loop, left, std::move(finding));
    co_await std::move(limited);
  }
  if (!ticket.found->is_set()) co_return false;
  // Patience was over in the same moment: it may have been the customer who left.
  co_await *ticket.found;
  co_return true;
}

void turn_away(Queue::Impl& queue, Contact::Impl& contact, Overflow::When why) {
  ++queue.counted.refused;
  ++queue.counted.flowed_out[to_string(why)];
  contact.unserved = true;
  contact.append(events::contact_left_queue,
                 {{"queue", queue.options.name}, {"result", to_string(why)}, {"waited", 0.0}});
}

}  // namespace vcsr
