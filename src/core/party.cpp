// SPDX-License-Identifier: Apache-2.0
#include "core/party.hpp"

#include <utility>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "core/call_recording.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

Reached reached_by(Cause cause) noexcept {
  switch (cause) {
    case Cause::busy: return Reached::busy;
    case Cause::no_answer: return Reached::no_answer;
    case Cause::rejected: return Reached::refused;
    default: return Reached::unreachable;
  }
}

namespace {

/// The phone hears of it by what happens to it.
Task<> carry_out(std::shared_ptr<Call::Impl> call, Address target) {
  Task<Reached> passing = pass_on(call, std::move(target), DialPartyOptions().ring_time);
  co_await std::move(passing);
}

}  // namespace

std::shared_ptr<Agent::Impl> Services::agent_at(const Address& address) const {
  for (const auto& [id, agent] : agents)
    if (agent.address().uri == address.uri) return agent.impl_;
  return nullptr;
}

Engagement::Engagement(std::shared_ptr<Agent::Impl> agent, const std::string& contact) {
  if (agent->state != AgentState::ready) return;
  agent_ = std::move(agent);
  agent_->reserve(contact);
}

Engagement::~Engagement() {
  if (!agent_) return;
  if (answered_) agent_->finish(Duration::zero());
  else agent_->release();
}

void Engagement::answered() {
  answered_ = true;
  if (agent_) agent_->take();
}

Party::Party(Call::Impl& call, int number, Role role, const Address& address, std::string agent)
    : role(role), address(address), reached(call.services->loop, call.waiters), call_(call) {
  line.record.number = number;
  line.record.role = to_string(role);
  line.record.party = address.uri;
  line.record.agent = std::move(agent);
  line.record.offered = call.services->loop.wall_time();
}

void Party::dial(const DialOptions& options) {
  leg_ = call_.driver.dial(address, *this, options);
  line.leg = leg_.get();
}

void Party::drop_leg() {
  line.leg = nullptr;
  leg_.reset();
}

void Party::on_answered() { call_.conversation.answered(*this); }

void Party::on_digit(char digit) { press_recording_key(call_, digit); }

void Party::on_held(bool held) {
  call_.contact->append(events::contact_held, {{"held", held}, {"leg", number()}, {"by", "party"}});
  line.away = held;
  call_.conversation.apply();
}

void Party::on_digits_sent() {
  sending_digits = false;
  call_.stir();
}

bool Party::on_transfer_requested(const Address& target) {
  const Conversation& conversation = call_.conversation;
  if (!line.present || conversation.in_charge != this || conversation.second) return false;
  call_.errands->spawn(carry_out(call_.shared_from_this(), target));
  return true;
}

void Party::on_hung_up(Cause cause) { call_.conversation.ended(*this, cause); }

}  // namespace vcsr
