// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

Ticket::Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, int priority)
    : queue_(std::move(queue)),
      call_(std::move(call)),
      rank_{call_->services->loop.now() - priority * queue_->options.priority_worth,
            ++call_->services->tickets},
      joined_(call_->services->loop.now()),
      waited_before_(call_->contact->waited) {
  call_->contact->queue = queue_->options.name;
  ++queue_->waiting;
  ++queue_->counted.entered;
  const auto ahead = std::distance(queue_->line.begin(), queue_->line.lower_bound(rank_));
  call_->contact->append(events::contact_queued,
                         {{"queue", queue_->options.name}, {"priority", priority}, {"position", ahead + 1}});
}

Ticket::~Ticket() {
  if (agent_) {
    end_offer("withdrawn");
    std::exchange(agent_, {})->release();
  }
  if (left_) return;
  ++queue_->counted.abandoned;
  call_->contact->abandoned = true;
  leave("abandoned");
}

void Ticket::seek() {
  found.emplace(call_->services->loop, call_->waiters);
  queue_->seek(*this);
}

std::size_t Ticket::position() const {
  return static_cast<std::size_t>(std::distance(queue_->line.begin(), queue_->line.lower_bound(rank_))) + 1;
}

Duration Ticket::waited() const { return call_->services->loop.now() - joined_; }

void Ticket::offer() {
  offered_ = true;
  ++queue_->counted.offers;
  call_->contact->waited = waited_before_ + waited();
  call_->contact->append(
      events::contact_offered,
      {{"queue", queue_->options.name}, {"agent", agent_->options.id}, {"pop", call_->contact->pop()}});
}

void Ticket::end_offer(const char* result) {
  if (!std::exchange(offered_, false)) return;
  call_->contact->append(
      events::offer_ended,
      {{"queue", queue_->options.name}, {"agent", agent_->options.id}, {"result", result}});
}

void Ticket::missed(Reached why) {
  ++queue_->counted.misses;
  end_offer(to_string(why));
  const char* reason = why == Reached::unreachable ? "device lost"
                       : why == Reached::refused   ? "declined"
                                                   : "no answer";
  std::exchange(agent_, {})->miss(queue_->options.misses_allowed, reason);
}

std::shared_ptr<Agent::Impl> Ticket::accept(Party& taker) {
  const std::string& by = taker.line.record.agent;
  const bool offered_to = by == agent_->options.id;
  end_offer(offered_to ? "accepted" : "picked_up");
  const Duration wait = waited();
  ++queue_->counted.answered;
  if (wait <= queue_->options.service_level) ++queue_->counted.answered_in_time;
  queue_->counted.longest_wait = std::max(queue_->counted.longest_wait, wait);
  call_->contact->agent = by;
  call_->contact->served = true;
  leave("answered");
  std::shared_ptr<Agent::Impl> agent = std::exchange(agent_, {});
  if (offered_to) return agent;
  agent->release();
  return taker.engagement ? taker.engagement->hand_on() : nullptr;
}

void Ticket::time_out() {
  ++queue_->counted.timed_out;
  call_->contact->unserved = true;
  leave("timed_out");
}

void Ticket::leave(const char* result) {
  left_ = true;
  --queue_->waiting;
  if (std::exchange(in_line_, false)) queue_->line.erase(rank_);
  call_->contact->waited = waited_before_ + waited();
  call_->contact->append(
      events::contact_left_queue,
      {{"queue", queue_->options.name}, {"result", result}, {"waited", seconds(waited())}});
}

void Queue::Impl::seek(Ticket& ticket) {
  if (!ready.empty()) {
    give(ticket, ready.begin()->second->shared_from_this());
    return;
  }
  line.emplace(ticket.rank_, &ticket);
  ticket.in_line_ = true;
}

void Queue::Impl::give(Ticket& ticket, std::shared_ptr<Agent::Impl> agent) {
  if (std::exchange(ticket.in_line_, false)) line.erase(ticket.rank_);
  agent->reserve(ticket.call_->contact->id);
  ticket.agent_ = std::move(agent);
  ticket.found->set({});
}

}  // namespace vcsr
