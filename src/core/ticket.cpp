// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

Ticket::Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact, Waiters& waiters,
               int priority, Duration waited_elsewhere)
    : queue_(std::move(queue)),
      contact_(std::move(contact)),
      waiters_(waiters),
      rank_{contact_->services->loop.now() - waited_elsewhere - priority * queue_->options.priority_worth,
            ++contact_->services->tickets},
      joined_(contact_->services->loop.now()),
      waited_before_(contact_->waited) {
  contact_->queue = queue_->options.name;
  ++queue_->waiting;
  ++queue_->counted.entered;
  const auto ahead = std::distance(queue_->line.begin(), queue_->line.lower_bound(rank_));
  contact_->append(events::contact_queued,
                   {{"queue", queue_->options.name}, {"priority", priority}, {"position", ahead + 1}});
}

Ticket::~Ticket() {
  if (agent_) {
    end_offer("withdrawn");
    std::exchange(agent_, {})->release(*contact_);
  }
  if (left_) return;
  ++queue_->counted.abandoned;
  contact_->abandoned = true;
  leave("abandoned");
}

void Ticket::seek() {
  found.emplace(contact_->services->loop, waiters_);
  queue_->seek(*this);
}

std::size_t Ticket::position() const {
  return static_cast<std::size_t>(std::distance(queue_->line.begin(), queue_->line.lower_bound(rank_))) + 1;
}

Duration Ticket::waited() const { return contact_->services->loop.now() - joined_; }

void Ticket::offer() {
  offered_ = true;
  ++queue_->counted.offers;
  contact_->waited = waited_before_ + waited();
  contact_->append(
      events::contact_offered,
      {{"queue", queue_->options.name}, {"agent", agent_->options.id}, {"pop", contact_->pop()}});
}

void Ticket::end_offer(const char* result) {
  if (!std::exchange(offered_, false)) return;
  contact_->append(events::offer_ended,
                   {{"queue", queue_->options.name}, {"agent", agent_->options.id}, {"result", result}});
}

void Ticket::missed(Reached why) {
  on_reply = {};
  if (!agent_) return;
  ++queue_->counted.misses;
  end_offer(to_string(why));
  std::exchange(agent_, {})->miss(*contact_, queue_->options.misses_allowed, why);
}

void Ticket::reply(Reply reply) {
  if (reply == Reply::recall) {
    end_offer("recalled");
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

void Ticket::time_out() {
  ++queue_->counted.timed_out;
  contact_->unserved = true;
  leave("timed_out");
}

void Ticket::leave(const char* result) {
  left_ = true;
  --queue_->waiting;
  if (std::exchange(in_line_, false)) queue_->line.erase(rank_);
  contact_->waited = waited_before_ + waited();
  contact_->append(events::contact_left_queue,
                   {{"queue", queue_->options.name}, {"result", result}, {"waited", seconds(waited())}});
}

namespace {

Task<> agent_of(Ticket& ticket) { co_await *ticket.found; }

}  // namespace

Task<bool> agent_found(Ticket& ticket, Duration patience) {
  Task<> finding = agent_of(ticket);
  const Duration left = patience == Duration::max() ? patience : patience - ticket.waited();
  if (left == Duration::max()) {
    co_await std::move(finding);
  } else {
    Loop& loop = ticket.contact().services->loop;
    Task<std::optional<std::monostate>> limited = within(loop, left, std::move(finding));
    co_await std::move(limited);
  }
  co_return ticket.found->is_set();
}

void turn_away(Queue::Impl& queue, Contact::Impl& contact) {
  ++queue.counted.refused;
  contact.unserved = true;
  contact.append(events::contact_left_queue,
                 {{"queue", queue.options.name}, {"result", "full"}, {"waited", 0.0}});
}

Queue::Impl::Impl(std::shared_ptr<Services> owner, QueueOptions terms)
    : services(std::move(owner)), options(std::move(terms)) {
  const auto& codes = options.dispositions;
  const auto refuse = [this](const std::string& why) {
    throw Error(Error::Code::invalid, "queue '" + options.name + "': " + why);
  };
  if (options.disposition_mandatory && codes.empty())
    refuse("disposition_mandatory needs dispositions to choose from");
  const std::string& otherwise = options.disposition_default;
  if (!otherwise.empty() && std::find(codes.begin(), codes.end(), otherwise) == codes.end())
    refuse("disposition_default '" + otherwise + "' is none of the dispositions");
  if (options.wrap_up_extension < Duration::zero()) refuse("wrap_up_extension is negative");
}

void Queue::Impl::seek(Ticket& ticket) {
  for (const auto& [idle, agent] : ready) {
    if (!agent->takes(ticket.contact_->channel)) continue;
    give(ticket, agent->shared_from_this());
    return;
  }
  line.emplace(ticket.rank_, &ticket);
  ticket.in_line_ = true;
}

Ticket* Queue::Impl::first_for(const Agent::Impl& agent) const {
  for (const auto& [rank, ticket] : line)
    if (agent.takes(ticket->contact_->channel)) return ticket;
  return nullptr;
}

void Queue::Impl::give(Ticket& ticket, std::shared_ptr<Agent::Impl> agent) {
  if (std::exchange(ticket.in_line_, false)) line.erase(ticket.rank_);
  ticket.agent_ = agent;
  agent->reserve(ticket.contact_, terms(), [&ticket](Reply reply) { ticket.reply(reply); });
  ticket.found->set({});
}

}  // namespace vcsr
