// SPDX-License-Identifier: Apache-2.0
#include "core/party.hpp"

#include <utility>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "core/call_recording.hpp"
#include "core/merger.hpp"
#include "core/parking.hpp"
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

Cause cause_of(Reached reached) noexcept {
  switch (reached) {
    case Reached::answered: return Cause::normal;
    case Reached::busy: return Cause::busy;
    case Reached::no_answer: return Cause::no_answer;
    case Reached::refused: return Cause::rejected;
    default: return Cause::unreachable;
  }
}

/// On every way out: the phone waits for it.
struct Report {
  Party& party;
  Cause outcome = Cause::failed;
  ~Report() { party.transfer_ended(outcome); }
};

// Later, because the phone must have its answer before it has the outcome.
Task<> carry_out(std::shared_ptr<Call::Impl> call, Party& party, Address target) {
  Report report{party};
  co_await call->services->loop.sleep(Duration(1));
  Task<Reached> passing = pass_on(call, std::move(target), DialPartyOptions().ring_time);
  Reached reached = co_await std::move(passing);
  report.outcome = cause_of(reached);
}

Task<> park_at(std::shared_ptr<Call::Impl> call, Party& party, Address slot) {
  Report report{party};
  co_await call->services->loop.sleep(Duration(1));
  if (call->conversation.in_charge != &party) co_return;
  park(call, {.slot = std::string(slot.user())});
  report.outcome = Cause::normal;
}

}  // namespace

std::shared_ptr<Agent::Impl> Services::agent_at(const Address& address) const {
  for (const auto& [id, agent] : agents)
    if (agent->options.address.uri == address.uri) return agent;
  return nullptr;
}

// The driver vouches for the user who calls, by whatever host it calls itself.
std::shared_ptr<Agent::Impl> Services::agent_calling(const Address& from) const {
  for (const auto& [id, agent] : agents) {
    const Address& own = agent->options.address;
    if (!own.user().empty() && own.user() == from.user() && own.scheme() == from.scheme()) return agent;
  }
  return nullptr;
}

Engagement::Engagement(std::shared_ptr<Agent::Impl> agent, std::shared_ptr<Contact::Impl> contact)
    : contact_(std::move(contact)) {
  if (agent->resting()) {
    resting_ = std::move(agent);
  } else if (agent->takes(Channel::voice)) {
    agent_ = std::move(agent);
    agent_->reserve(contact_);
  }
}

Engagement::~Engagement() {
  if (!agent_) return;
  if (answered_) agent_->finish(*contact_);
  else agent_->release(*contact_);
}

void Engagement::answered() {
  answered_ = true;
  if (resting_ && resting_->resting()) {
    agent_ = resting_;
    agent_->interrupt(contact_);
  }
  if (agent_) agent_->take(*contact_);
}

std::shared_ptr<Agent::Impl> Engagement::hand_on() { return std::exchange(agent_, nullptr); }

Party::Party(Call::Impl& call, int number, Role role, const Address& address, std::string agent)
    : role(role),
      address(address),
      began(call.services->loop.now()),
      reached(call.services->loop, call.waiters),
      call_(call) {
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

void Party::adopt(std::unique_ptr<Leg> leg) {
  leg_ = std::move(leg);
  line.leg = leg_.get();
  leg_->listen(*this);
  leg_->disconnect();
}

std::unique_ptr<Leg> Party::give_leg() {
  line.leg = nullptr;
  return std::move(leg_);
}

void Party::transfer_ended(Cause outcome) {
  if (std::exchange(transferring_, false) && leg_) leg_->transfer_ended(outcome);
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
  transferring_ = true;
  const bool parks = is_parking_slot(*call_.services, target.user());
  const auto carry = parks ? park_at : carry_out;
  call_.errands->spawn(carry(call_.shared_from_this(), *this, target));
  return true;
}

bool Party::on_attended_transfer(Leg& other) {
  if (!line.present || call_.conversation.in_charge != this) return false;
  transferring_ = request_merger(call_, this, other);
  return transferring_;
}

bool Party::on_replaced(std::unique_ptr<Leg>& by, const Arrival& arrival) {
  if (line.ended) return false;
  call_.conversation.replace(*this, std::move(by), arrival.from);
  return true;
}

void Party::on_hung_up(Cause cause) { call_.conversation.ended(*this, cause); }

}  // namespace vcsr
