// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/overflow.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

Ticket::Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact, Waiters& waiters,
               int priority, Duration waited_elsewhere, std::optional<Timestamp> resumes)
    : queue_(std::move(queue)),
      contact_(std::move(contact)),
      waiters_(waiters),
      joined_(resumes.value_or(contact_->services->loop.now())),
      entered_(contact_->services->loop.now() - waited_elsewhere),
      waited_before_(contact_->waited),
      priority_(priority) {
  contact_->queue = queue_->options.name;
  contact_->in_line = true;
  ++queue_->waiting;
  if (!resumes) ++queue_->counted.entered;
  acd::Entry entry{.ladder = queue_->ladder_of(*contact_),
                   .priority = priority,
                   .head_start = waited_elsewhere,
                   .joined_before = waited()};
  const auto preferred = contact_->services->agents.find(contact_->preferred_agent);
  if (preferred != contact_->services->agents.end()) {
    entry.preferred = preferred->second->number;
    entry.preferred_for = contact_->preferred_for;
  }
  number_ = dispatch().admit(*this, entry);
  if (resumes) tell_resumed();
  else tell_queued(waited_elsewhere);
}

void Ticket::tell_resumed() const {
  contact_->append(events::contact_resumed,
                   {{"queue", queue_->options.name},
                    {"priority", priority_},
                    {"position", position()},
                    {"requirement", dispatch().distributor.requirement(number_).text()},
                    {"strategy", to_string(queue_->options.strategy)},
                    {"waited", seconds(waited())},
                    {"channel", to_string(contact_->channel)},
                    {"from", contact_->from.uri},
                    {"to", contact_->to.uri},
                    {"name", contact_->customer_address().name},
                    {"reason", contact_->reason},
                    {"language", contact_->language}});
}

void Ticket::tell_queued(Duration waited_elsewhere) const {
  const std::size_t place = position();
  Facts data = make_facts("position", place, "priority", priority_, "queue", queue_->options.name,
                          "requirement", dispatch().distributor.requirement(number_).text(), "strategy",
                          to_string(queue_->options.strategy));
  if (waited_elsewhere > Duration::zero()) data.emplace("before", seconds(waited_elsewhere));
  if (const auto wait = contact_->services->waits.estimate(queue_->options.name, place - 1))
    data.emplace("estimate", seconds(*wait));
  contact_->append(events::contact_queued, std::move(data));
}

void Ticket::note_abandoned() {
  ++queue_->counted.abandoned;
  contact_->abandoned = true;
  if (late()) dispatch().distributor.note_service(queue_->number, false);
  if (!contact_->without_call && !contact_->outgoing)
    queue_->note_cut_off(contact_->from, {entered_, contact_->services->loop.now()});
}

Ticket::~Ticket() {
  for (Offering& offering : offerings_) end_offer(offering, "withdrawn");
  // It goes on waiting when the program runs again.
  const bool kept = contact_->without_call && contact_->services->suspended && !contact_->leaving;
  if (!left_) {
    if (!kept) note_abandoned();
    dispatch().distributor.withdraw(number_);
  }
  for (const Offering& offering : std::exchange(offerings_, {})) offering.agent->release(*contact_);
  if (left_) return;
  if (kept) {
    step_out();
    return;
  }
  leave("abandoned");
  dispatch().settle();
}

void Ticket::seek() {
  found.emplace(contact_->services->loop, waiters_);
  decided.emplace(contact_->services->loop, waiters_);
  agreed_ = false;
  // Once nothing is given out any more, what the distributor decides reaches nobody, and who is to wait
  // again may be offered there.
  if (!std::exchange(in_line_, true) && dispatch().open()) {
    dispatch().distributor.wait_again(number_, dispatch().now());
    dispatch().settle();
  }
  look_around();
}

bool Ticket::deserted() const { return in_line_ && nobody_serves(*queue_, *contact_); }

void Ticket::look_around() {
  if (deserted()) found->set({});
}

std::size_t Ticket::position() const { return dispatch().distributor.position(number_); }

std::vector<Offering>::iterator Ticket::find(const Agent::Impl& agent) {
  return std::find_if(offerings_.begin(), offerings_.end(),
                      [&agent](const Offering& offering) { return offering.agent.get() == &agent; });
}

void Ticket::give(const std::shared_ptr<Agent::Impl>& agent) {
  in_line_ = false;
  offerings_.push_back({agent});
  agent->reserve(contact_, queue_->terms(), [this, whose = agent.get()](Reply said) { reply(*whose, said); });
  if (on_joined) on_joined(agent);
  else found->set({});
}

Duration Ticket::waited() const { return contact_->services->loop.now() - joined_; }

void Ticket::offer(const Agent::Impl& agent, OnReply on_reply) {
  const auto offering = find(agent);
  offering->shown = true;
  offering->on_reply = std::move(on_reply);
  ++queue_->counted.offers;
  contact_->waited = waited_before_ + waited();
  contact_->append(events::contact_offered, make_facts("agent", agent.options.id, "pop", contact_->pop(),
                                                       "queue", queue_->options.name));
}

void Ticket::end_offer(Offering& offering, const char* result) {
  if (!std::exchange(offering.shown, false)) return;
  contact_->append(events::offer_ended, make_facts("agent", offering.agent->options.id, "queue",
                                                   queue_->options.name, "result", result));
}

std::shared_ptr<Agent::Impl> Ticket::take_back(const Agent::Impl& agent, const char* result) {
  const auto offering = find(agent);
  end_offer(*offering, result);
  std::shared_ptr<Agent::Impl> owner = std::move(offering->agent);
  offerings_.erase(offering);
  dispatch().distributor.decline(number_, owner->number);
  return owner;
}

void Ticket::heard(const Agent::Impl& agent, Reached reached) {
  if (agreed_ || find(agent) == offerings_.end()) return;
  if (reached == Reached::answered) {
    agree(agent);
  } else {
    ++queue_->counted.misses;
    const auto owner = take_back(agent, to_string(reached));
    owner->miss(*contact_, queue_->options.misses_allowed, reached);
  }
  if (agreed_ || offerings_.empty()) decided->set({});
}

// Before the others are released, who would join again.
void Ticket::agree(const Agent::Impl& agent) {
  agreed_ = true;
  dispatch().distributor.settle_on(number_, agent.number);
  std::vector<Offering> others = std::exchange(offerings_, {});
  const auto first = std::find_if(others.begin(), others.end(), [&agent](const Offering& offering) {
    return offering.agent.get() == &agent;
  });
  offerings_.push_back(std::move(*first));
  others.erase(first);
  for (Offering& other : others) end_offer(other, "answered_elsewhere");
  for (const Offering& other : others) other.agent->release(*contact_);
}

void Ticket::admit_no_more() { dispatch().distributor.settle_on(number_, acd::nobody); }

void Ticket::forget_replies() {
  on_joined = {};
  for (Offering& offering : offerings_) offering.on_reply = {};
}

void Ticket::reply(const Agent::Impl& agent, Reply said) {
  const OnReply on_reply = find(agent)->on_reply;
  if (said == Reply::recall) {
    take_back(agent, "recalled")->release(*contact_);
    if (offerings_.empty()) decided->set({});
  }
  if (on_reply) on_reply(said);
}

void Ticket::answered(const std::string& by, const char* result) {
  Offering& offering = offerings_.front();
  end_offer(offering, result);
  const Duration wait = waited();
  ++queue_->counted.answered;
  if (!late()) ++queue_->counted.answered_in_time;
  dispatch().distributor.note_service(queue_->number, !late());
  queue_->counted.longest_wait = std::max(queue_->counted.longest_wait, wait);
  contact_->agent = by;
  contact_->served = true;
  if (by == offering.agent->options.id) dispatch().distributor.accept(number_, offering.agent->number);
  else dispatch().distributor.withdraw(number_);
  leave("answered");
}

std::shared_ptr<Agent::Impl> Ticket::accept(OnReply reply) {
  answered(offerings_.front().agent->options.id, "accepted");
  std::shared_ptr<Agent::Impl> agent = std::exchange(offerings_, {}).front().agent;
  agent->take(*contact_, queue_->terms(), std::move(reply));
  return agent;
}

std::shared_ptr<Agent::Impl> Ticket::accept(Party& taker) {
  const std::string& by = taker.line.record.agent;
  const bool offered_to = by == offerings_.front().agent->options.id;
  answered(by, offered_to ? "accepted" : "picked_up");
  std::shared_ptr<Agent::Impl> agent = std::exchange(offerings_, {}).front().agent;
  if (!offered_to) {
    agent->release(*contact_);
    agent = taker.engagement ? taker.engagement->hand_on() : nullptr;
  }
  if (agent) agent->take(*contact_, queue_->terms());
  return agent;
}

void Ticket::flow_out(Overflow::When why) {
  const bool waited_out = why == Overflow::When::waited;
  ++(waited_out                      ? queue_->counted.timed_out
     : why == Overflow::When::nobody ? queue_->counted.deserted
                                     : queue_->counted.left_by_key);
  ++queue_->counted.flowed_out[to_string(why)];
  contact_->unserved = true;
  if (late()) dispatch().distributor.note_service(queue_->number, false);
  dispatch().distributor.withdraw(number_);
  leave(waited_out ? "timed_out" : to_string(why));
  dispatch().settle();
}

void Ticket::stand_aside() {
  if (offerings_.empty()) dispatch().distributor.stand_aside(number_);
  std::vector<std::shared_ptr<Agent::Impl>> asked;
  while (!offerings_.empty()) asked.push_back(take_back(*offerings_.front().agent, "withdrawn"));
  for (const auto& agent : asked) agent->release(*contact_);
  in_line_ = false;
}

void Ticket::engage() { offerings_.front().agent->take(*contact_, queue_->terms()); }

void Ticket::lose_agent() {
  if (offerings_.empty()) return;
  ++queue_->counted.misses;
  const auto agent = take_back(*offerings_.front().agent, to_string(Reached::refused));
  agent->miss(*contact_, queue_->options.misses_allowed, Reached::refused);
}

void Ticket::leave_for_callback(Overflow::When why) {
  ++queue_->counted.callbacks;
  contact_->append(events::contact_overflowed, {{"queue", queue_->options.name},
                                                {"when", to_string(why)},
                                                {"to", to_string(Overflow::To::callback)},
                                                {"target", ""}});
  if (late()) dispatch().distributor.note_service(queue_->number, false);
  dispatch().distributor.withdraw(number_);
  leave("callback");
  dispatch().settle();
}

void Ticket::leave_unreached() {
  ++queue_->counted.unreached;
  for (Offering& offering : offerings_) end_offer(offering, "unreached");
  dispatch().distributor.withdraw(number_);
  leave("unreached");
  for (const Offering& offering : std::exchange(offerings_, {})) offering.agent->release(*contact_);
  dispatch().settle();
}

void Ticket::step_out() {
  left_ = true;
  --queue_->waiting;
  in_line_ = false;
  dispatch().dismiss(number_);
}

void Ticket::leave(const char* result) {
  step_out();
  contact_->in_line = false;
  contact_->waited = waited_before_ + waited();
  contact_->append(events::contact_left_queue,
                   make_facts("queue", queue_->options.name, "result", result, "waited", seconds(waited())));
}

void turn_away(Queue::Impl& queue, Contact::Impl& contact, Overflow::When why) {
  ++queue.counted.refused;
  ++queue.counted.flowed_out[to_string(why)];
  contact.unserved = true;
  contact.append(events::contact_left_queue,
                 {{"queue", queue.options.name}, {"result", to_string(why)}, {"waited", 0.0}});
}

}  // namespace vcsr
