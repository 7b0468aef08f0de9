// SPDX-License-Identifier: Apache-2.0
#include "vcsr/agent.hpp"

#include <algorithm>
#include <utility>

#include "core/agent_impl.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

const char* to_string(AgentState state) noexcept {
  constexpr const char* names[] = {"logged_out", "not_ready", "ready", "reserved", "busy", "hold", "wrap_up"};
  return names[static_cast<int>(state)];
}

Agent::Impl::Impl(std::shared_ptr<Services> services, AgentOptions options)
    : options(std::move(options)), since(services->loop.now()), services_(std::move(services)) {}

Agent::Impl::~Impl() {
  if (services_->open) stop_timer();
}

bool Agent::Impl::in_hand() const {
  return state == AgentState::reserved || state == AgentState::busy || state == AgentState::hold ||
         state == AgentState::wrap_up;
}

void Agent::Impl::enter(AgentState next, std::string why) {
  if (!services_->open || (next == state && why == reason)) return;
  const AgentState before = std::exchange(state, next);
  const Timestamp now = services_->loop.now();
  if (before == AgentState::ready) leave_work();
  if (before == AgentState::wrap_up) stop_timer();
  reason = std::move(why);
  services_->append(events::agent_state, options.id,
                    {{"state", to_string(state)},
                     {"reason", reason},
                     {"before", to_string(before)},
                     {"lasted", seconds(now - since)},
                     {"name", options.name},
                     {"contact", contact_}});
  since = now;
  if (state == AgentState::ready) seek_work();
}

void Agent::Impl::choose(AgentState wanted, std::string why) {
  if (in_hand()) pending_ = Choice{wanted, std::move(why)};
  else enter(wanted, std::move(why));
}

void Agent::Impl::log_in() {
  pending_.reset();
  if (state == AgentState::logged_out) enter(AgentState::not_ready, "log-in");
}

void Agent::Impl::log_out() { choose(AgentState::logged_out, {}); }

void Agent::Impl::set_ready() {
  if (state == AgentState::logged_out)
    throw Error(Error::Code::refused, "agent " + options.id + " is logged out: log in first");
  misses_ = 0;
  choose(AgentState::ready, {});
}

void Agent::Impl::set_not_ready(std::string why) {
  if (state == AgentState::logged_out)
    throw Error(Error::Code::refused, "agent " + options.id + " is logged out: log in first");
  choose(AgentState::not_ready, std::move(why));
}

void Agent::Impl::finish_wrap_up() {
  if (state == AgentState::wrap_up) free();
}

void Agent::Impl::phone(bool reachable) {
  if (!reachable) {
    choose(AgentState::logged_out, "device lost");
    return;
  }
  const bool was_out =
      state == AgentState::logged_out || (pending_ && pending_->state == AgentState::logged_out);
  log_in();
  if (was_out) set_ready();
}

void Agent::Impl::reserve(const std::string& contact) {
  contact_ = contact;
  enter(AgentState::reserved);
}

void Agent::Impl::release() { free(); }

void Agent::Impl::miss(int allowed, const std::string& why) {
  if (++misses_ >= allowed && !pending_) pending_ = Choice{AgentState::not_ready, why};
  free();
}

void Agent::Impl::take() {
  misses_ = 0;
  enter(AgentState::busy);
}

void Agent::Impl::interrupt(const std::string& contact) {
  if (state == AgentState::not_ready && !pending_) pending_ = Choice{state, reason};
  contact_ = contact;
}

void Agent::Impl::hold(bool held) {
  if (state == (held ? AgentState::busy : AgentState::hold))
    enter(held ? AgentState::hold : AgentState::busy);
}

void Agent::Impl::finish(Duration wrap_up) {
  if (!services_->open) return;
  if (wrap_up <= Duration::zero()) {
    free();
    return;
  }
  enter(AgentState::wrap_up);
  wrap_up_ = services_->loop.at(services_->loop.now() + wrap_up, [this] {
    wrap_up_.reset();
    free();
  });
}

void Agent::Impl::free() {
  contact_.clear();
  const Choice next = std::exchange(pending_, {}).value_or(Choice{AgentState::ready, {}});
  enter(next.state, next.reason);
}

void Agent::Impl::stop_timer() {
  if (wrap_up_) services_->loop.cancel(*std::exchange(wrap_up_, {}));
}

void Agent::Impl::seek_work() {
  std::shared_ptr<Queue::Impl> best;
  for (const auto& weak : queues_) {
    const auto queue = weak.lock();
    if (queue && !queue->line.empty() && (!best || queue->line.begin()->first < best->line.begin()->first))
      best = queue;
  }
  if (best) {
    best->give(*best->line.begin()->second, shared_from_this());
    return;
  }
  for (const auto& weak : queues_)
    if (const auto queue = weak.lock()) queue->ready.emplace(Queue::Impl::Idle{since, options.id}, this);
}

void Agent::Impl::leave_work() {
  for (const auto& weak : queues_)
    if (const auto queue = weak.lock()) queue->ready.erase(Queue::Impl::Idle{since, options.id});
}

void Agent::Impl::join(const std::shared_ptr<Queue::Impl>& queue) {
  leave(*queue);
  if (state == AgentState::ready) leave_work();
  queues_.push_back(queue);
  if (state == AgentState::ready) seek_work();
}

void Agent::Impl::leave(const Queue::Impl& queue) {
  if (state == AgentState::ready) leave_work();
  std::erase_if(queues_, [&queue](const auto& weak) { return weak.lock().get() == &queue; });
  if (state == AgentState::ready) seek_work();
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
void Agent::log_in() { impl_->log_in(); }
void Agent::log_out() { impl_->log_out(); }
void Agent::set_ready() { impl_->set_ready(); }
void Agent::set_not_ready(std::string reason) { impl_->set_not_ready(std::move(reason)); }
void Agent::finish_wrap_up() { impl_->finish_wrap_up(); }

}  // namespace vcsr
