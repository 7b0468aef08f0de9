// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "core/agent_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

constexpr const char* heartbeat_lost = "heartbeat lost";
constexpr const char* device_lost = "device lost";

}  // namespace

const char* to_string(AgentOrder order) noexcept {
  constexpr const char* names[] = {"ready", "not_ready", "log_out", "free"};
  return names[static_cast<int>(order)];
}

void Agent::Impl::phone(bool reachable) {
  if (!reachable) {
    if (chosen_.state != AgentState::logged_out) choose({AgentState::logged_out, device_lost}, by_device);
    return;
  }
  const bool leaves = pending_ && pending_->what.state == AgentState::logged_out;
  const bool failed = state == AgentState::not_ready && reason == device_lost;
  const bool was_out = chosen_.state == AgentState::logged_out || leaves || failed;
  log_in(by_device);
  if (was_out) set_ready(by_device);
}

void Agent::Impl::restore(AgentChoice chosen, AgentState was, Timestamp was_since, Timestamp logged_in) {
  if (state != AgentState::logged_out || was == AgentState::logged_out) return;
  state = was;
  reason = was == AgentState::not_ready ? chosen.reason : "";
  since = was_since;
  logged_in_ = logged_in;
  // The telephone says so when it is there.
  chosen_ = options.follows_phone ? AgentChoice() : std::move(chosen);
  if (options.heartbeat_limit > Duration::zero())
    await_heartbeat(options.heartbeat_limit, &Impl::lose_heartbeat);
  settle(by_engine);
  // What she goes on being is no news for the journal.
  services_->waits.apply(events::agent_state, options.id, {{"state", to_string(state)}});
}

void Agent::Impl::await_heartbeat(Duration limit, void (Impl::*then)()) {
  if (heartbeat_) services_->loop.cancel(*heartbeat_);
  heartbeat_ = services_->loop.at(services_->loop.now() + limit, [weak = weak_from_this(), then] {
    const auto self = weak.lock();
    if (!self || !self->services_->open) return;
    self->heartbeat_.reset();
    (*self.*then)();
  });
}

void Agent::Impl::heartbeat() {
  require_session();
  if (options.heartbeat_limit <= Duration::zero()) return;
  await_heartbeat(options.heartbeat_limit, &Impl::lose_heartbeat);
  if (pending_ && pending_->what.reason == heartbeat_lost) set_pending({}, myself());
}

void Agent::Impl::lose_heartbeat() {
  await_heartbeat(options.heartbeat_grace, &Impl::leave_without_heartbeat);
  const AgentState wanted = pending_ ? pending_->what.state : chosen_.state;
  if (wanted == AgentState::ready) choose({AgentState::not_ready, heartbeat_lost}, by_timer);
}

void Agent::Impl::leave_without_heartbeat() {
  choose({AgentState::logged_out, heartbeat_lost}, by_timer);
  recall_offers(false);
  end_wrap_ups(by_timer);
}

void Agent::Impl::force(AgentOrder order, const std::string& by, const std::string& why) {
  if (by.empty())
    throw Error(Error::Code::invalid, "an order to agent " + options.id + " needs the name of who gives it");
  require_session();
  services_->append(events::agent_forced, options.id,
                    {{"order", to_string(order)}, {"by", by}, {"why", why}});
  const Change supervisor{"supervisor", by};
  const auto self = shared_from_this();
  misses_ = 0;
  switch (order) {
    case AgentOrder::ready: choose({AgentState::ready, {}}, supervisor); break;
    case AgentOrder::log_out: choose({AgentState::logged_out, why}, supervisor); break;
    default: choose({AgentState::not_ready, why}, supervisor);
  }
  if (order != AgentOrder::ready) recall_offers(order == AgentOrder::free);
  end_wrap_ups(supervisor);
}

void Agent::Impl::recall_offers(bool all) {
  std::vector<std::pair<OnReply, Reply>> replies;
  for (const Work& work : works_) {
    if (!work.on_reply) continue;
    if (work.state == AgentState::reserved) replies.emplace_back(work.on_reply, Reply::recall);
    else if (all && work.state == AgentState::busy) replies.emplace_back(work.on_reply, Reply::give_back);
  }
  for (const auto& [reply, what] : replies) reply(what);
}

}  // namespace vcsr
