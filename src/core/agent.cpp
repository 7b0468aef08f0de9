// SPDX-License-Identifier: Apache-2.0
#include "vcsr/agent.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/agent_impl.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

const char* to_string(AgentState state) noexcept {
  constexpr const char* names[] = {"logged_out", "not_ready", "ready", "reserved", "busy", "hold", "wrap_up"};
  return names[static_cast<int>(state)];
}

namespace {

void check(const AgentOptions& options) {
  const auto refuse = [&options](const std::string& what, int got) {
    throw Error(Error::Code::invalid,
                "agent " + options.id + ": capacity." + what + ", got " + std::to_string(got));
  };
  const Capacity& capacity = options.capacity;
  if (capacity.units < 1) refuse("units: expected at least 1", capacity.units);
  for (const auto& [channel, units] : capacity.takes)
    if (units < 1 || units > capacity.units)
      refuse(std::string("takes.") + to_string(channel) + ": expected 1 to " + std::to_string(capacity.units),
             units);
  for (const auto& [channel, contacts] : capacity.at_most)
    if (contacts < 0) refuse(std::string("at_most.") + to_string(channel) + ": expected 0 or more", contacts);
}

}  // namespace

Agent::Impl::Impl(std::shared_ptr<Services> services, AgentOptions options)
    : options(std::move(options)),
      skills(this->options.skills),
      since(services->loop.now()),
      services_(std::move(services)) {
  check(this->options);
}

Agent::Impl::~Impl() {
  if (!services_->open) return;
  for (Work& work : works_) stop_timer(work);
  if (heartbeat_) services_->loop.cancel(*heartbeat_);
}

void Agent::Impl::enter(AgentState next, std::string why, const Change& by) {
  if (next == state && why == reason) return;
  const AgentState before = std::exchange(state, next);
  const Timestamp now = services_->loop.now();
  reason = std::move(why);
  Facts facts =
      make_facts("actor", by.actor, "before", to_string(before), "cause", by.cause, "contact",
                 works_.empty() ? std::string() : works_.back().contact->id, "lasted", seconds(now - since),
                 "name", options.name, "reason", reason, "state", to_string(state));
  if (before == AgentState::logged_out) logged_in_ = now;
  if (state == AgentState::logged_out) facts["session"] = seconds(now - logged_in_);
  services_->append(events::agent_state, options.id, std::move(facts));
  since = now;
}

void Agent::Impl::settle(const Change& by) {
  if (!services_->open) return;
  Change change = by;
  const bool was_here = state != AgentState::logged_out;
  if (works_.empty() && pending_) {
    change = pending_->by;
    chosen_ = std::exchange(pending_, {})->what;
  }
  if (works_.empty()) enter(chosen_.state, chosen_.reason, change);
  else enter(busiest(), {}, change);
  if (state == AgentState::logged_out && heartbeat_) services_->loop.cancel(*std::exchange(heartbeat_, {}));
  services_->dispatch.distributor.update(number, availability(), services_->dispatch.now());
  services_->dispatch.settle();
  if (!was_here || state != AgentState::logged_out) return;
  for (const auto& queue : queues_)
    if (const auto left = queue.lock()) services_->dispatch.look_around(*left);
}

AgentState Agent::Impl::busiest() const {
  for (const AgentState each : {AgentState::busy, AgentState::hold, AgentState::reserved})
    if (std::any_of(works_.begin(), works_.end(), [each](const Work& work) { return work.state == each; }))
      return each;
  return AgentState::wrap_up;
}

void Agent::Impl::choose(AgentChoice wanted, const Change& by) {
  if (works_.empty()) {
    pending_ = Choice{std::move(wanted), by};
    settle(by);
  } else if (wanted == chosen_) {
    set_pending({}, by);
  } else {
    set_pending(Choice{std::move(wanted), by}, by);
  }
}

void Agent::Impl::set_pending(std::optional<Choice> choice, const Change& by) {
  if (!choice && !pending_) return;
  pending_ = std::move(choice);
  services_->append(events::agent_choice, options.id,
                    {{"state", pending_ ? to_string(pending_->what.state) : ""},
                     {"reason", pending_ ? pending_->what.reason : ""},
                     {"cause", by.cause},
                     {"actor", by.actor}});
  settle(by);
}

void Agent::Impl::require_session() const {
  if (chosen_.state == AgentState::logged_out)
    throw Error(Error::Code::refused, "agent " + options.id + " is logged out: log in first");
}

void Agent::Impl::log_in(const Change& by) {
  if (chosen_.state == AgentState::logged_out) {
    choose({AgentState::not_ready, "log-in"}, by);
    if (options.heartbeat_limit > Duration::zero())
      await_heartbeat(options.heartbeat_limit, &Impl::lose_heartbeat);
  } else if (pending_ && pending_->what.state == AgentState::logged_out) {
    set_pending({}, by);
  }
}

void Agent::Impl::log_out(const Change& by) {
  if (chosen_.state != AgentState::logged_out) choose({AgentState::logged_out, {}}, by);
}

void Agent::Impl::set_ready(const Change& by) {
  require_session();
  misses_ = 0;
  choose({AgentState::ready, {}}, by);
}

void Agent::Impl::set_not_ready(std::string why, const Change& by) {
  require_session();
  choose({AgentState::not_ready, std::move(why)}, by);
}

void Agent::Impl::cancel_pending() { set_pending({}, myself()); }

std::optional<AgentChoice> Agent::Impl::pending() const {
  if (!pending_) return std::nullopt;
  return pending_->what;
}

bool Agent::Impl::available() const {
  const bool willing =
      chosen_.state == AgentState::ready && (!pending_ || pending_->what.state == AgentState::ready);
  return willing && std::none_of(works_.begin(), works_.end(), [](const Work& work) {
           return work.state == AgentState::reserved || work.state == AgentState::wrap_up;
         });
}

bool Agent::Impl::takes(Channel channel) const {
  if (!available()) return false;
  const auto units = [this](Channel of) {
    const auto found = options.capacity.takes.find(of);
    return found == options.capacity.takes.end() ? options.capacity.units : found->second;
  };
  int used = units(channel), alike = 1;
  for (const Work& work : works_) {
    used += units(work.contact->channel);
    alike += work.contact->channel == channel ? 1 : 0;
  }
  const auto limit = options.capacity.at_most.find(channel);
  return used <= options.capacity.units &&
         (limit == options.capacity.at_most.end() || alike <= limit->second);
}

acd::Availability Agent::Impl::availability() const {
  constexpr acd::Standing standings[] = {
      acd::Standing::logged_out, acd::Standing::not_ready, acd::Standing::ready,  acd::Standing::reserved,
      acd::Standing::engaged,    acd::Standing::engaged,   acd::Standing::wrap_up};
  acd::Availability now{.standing = standings[static_cast<int>(state)],
                        .reason = reason,
                        .load = static_cast<int>(works_.size()),
                        .since = since};
  for (const Channel channel : every_channel)
    if (takes(channel)) now.open = now.open | channel;
  if (!now.open.empty()) now.standing = acd::Standing::ready;
  return now;
}

void Agent::Impl::join(const std::shared_ptr<Queue::Impl>& queue, int level) {
  std::erase_if(queues_, [&queue](const auto& weak) { return weak.lock() == queue; });
  queues_.push_back(queue);
  if (!services_->open) return;
  services_->append(events::agent_joined, options.id, {{"queue", queue->options.name}, {"level", level}});
  services_->dispatch.distributor.join(number, queue->number, level, services_->dispatch.now());
  services_->dispatch.settle();
}

void Agent::Impl::leave(const Queue::Impl& queue) {
  std::erase_if(queues_, [&queue](const auto& weak) { return weak.lock().get() == &queue; });
  if (!services_->open) return;
  services_->append(events::agent_left, options.id, {{"queue", queue.options.name}});
  services_->dispatch.distributor.leave(number, queue.number, services_->dispatch.now());
  services_->dispatch.settle();
  services_->dispatch.look_around(queue);
}

void Agent::Impl::tell_skills() {
  Facts facts;
  for (const auto& [skill, level] : skills) facts.emplace(skill, level);
  services_->append(events::agent_skills, options.id, {{"skills", std::move(facts)}});
}

void Agent::Impl::set_skills(Skills learned) {
  if (!services_->open) return;
  skills = std::move(learned);
  tell_skills();
  services_->dispatch.distributor.set_skills(number, skills, services_->dispatch.now());
  services_->dispatch.settle();
}

bool Agent::Impl::serves(const Queue::Impl& queue) const {
  return std::any_of(queues_.begin(), queues_.end(),
                     [&queue](const auto& weak) { return weak.lock().get() == &queue; });
}

const std::string& Agent::id() const { return impl_->options.id; }
const std::string& Agent::name() const { return impl_->options.name; }
const Address& Agent::address() const { return impl_->options.address; }
AgentState Agent::state() const { return impl_->state; }
const std::string& Agent::reason() const { return impl_->reason; }
Timestamp Agent::since() const { return impl_->since; }
const Skills& Agent::skills() const { return impl_->skills; }
void Agent::set_skills(Skills skills) { impl_->set_skills(std::move(skills)); }
void Agent::log_in() { impl_->log_in(impl_->myself()); }
void Agent::log_out() { impl_->log_out(impl_->myself()); }
void Agent::set_ready() { impl_->set_ready(impl_->myself()); }
void Agent::set_not_ready(std::string reason) { impl_->set_not_ready(std::move(reason), impl_->myself()); }
std::optional<AgentChoice> Agent::pending() const { return impl_->pending(); }
void Agent::cancel_pending() { impl_->cancel_pending(); }
void Agent::heartbeat() { impl_->heartbeat(); }
std::vector<ContactInHand> Agent::contacts() const { return impl_->contacts(); }
void Agent::accept(const std::string& contact) { impl_->accept(contact); }
void Agent::decline(const std::string& contact) { impl_->decline(contact); }
void Agent::finish(const std::string& contact) { impl_->finish_by_hand(contact); }
void Agent::finish_wrap_up() { impl_->finish_wrap_up(); }
void Agent::want_wrap_up() { impl_->want_wrap_up(); }
void Agent::extend_wrap_up(Duration by) { impl_->extend_wrap_up(by); }
void Agent::dispose(const std::string& contact, std::string code, std::string note) {
  impl_->dispose(contact, code, std::move(note));
}
void Agent::force(AgentOrder order, std::string by, std::string why) { impl_->force(order, by, why); }

}  // namespace vcsr
