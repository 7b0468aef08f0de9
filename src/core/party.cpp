// SPDX-License-Identifier: Apache-2.0
#include "core/party.hpp"

#include <utility>

#include "core/call_impl.hpp"
#include "vcsr/base/together.hpp"
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

Party::Party(Call::Impl& call, Address address, const DialOptions& options)
    : reached(call.services->loop, call.waiters), call_(call), address_(std::move(address)) {
  stay();
  leg_ = call_.driver.dial(address_, *this, options);
}

Party::~Party() = default;

void Party::on_answered() { reached.set(Reached::answered); }

void Party::on_digit(char digit) { press_recording_key(call_, digit); }

void Party::on_held(bool held) {
  call_.contact->append(events::contact_held, {{"held", held}, {"by", "party"}});
  if (call_.party_held) call_.party_held(held);
}

bool Party::on_transfer_requested(const Address& target) {
  if (!reached.is_set() || departure->is_set()) return false;
  departure->set({target});
  return true;
}

void Party::on_hung_up(Cause cause) {
  if (reached.is_set()) departure->set({});
  else reached.set(reached_by(cause));
}

void Party::stay() { departure.emplace(call_.services->loop, call_.waiters); }

void Party::hang_up() {
  leg_->hang_up(Cause::normal);
  departure->set({});
}

namespace {

/// The stretch of time in which customer and party hear each other, in the journal and the record.
class Conversation {
 public:
  Conversation(std::shared_ptr<Call::Impl> call, const Address& party)
      : call_(std::move(call)), party_(party.uri), began_(call_->services->loop.now()) {
    call_->contact->append(events::contact_connected, {{"party", party_}, {"agent", call_->contact->agent}});
  }
  ~Conversation() {
    const Duration talked = call_->services->loop.now() - began_;
    call_->contact->talked += talked;
    call_->contact->append(
        events::contact_disconnected,
        {{"party", party_}, {"agent", call_->contact->agent}, {"talked", seconds(talked)}});
  }
  Conversation(const Conversation&) = delete;

 private:
  std::shared_ptr<Call::Impl> call_;
  std::string party_;
  Timestamp began_;
};

/// Lets the party go again on every way out but an answer.
struct Ringing {
  std::shared_ptr<Call::Impl> call;
  bool answered = false;
  ~Ringing() {
    if (!answered) call->party.reset();
  }
};

void join(Call::Impl& call) {
  call.playing = false;
  call.leg->disconnect();
  call.leg->connect(call.party->leg());
  call.stir();
}

Task<Reached> answer_of(Party& party) {
  Reached reached = co_await party.reached;
  co_return reached;
}

}  // namespace

Task<Reached> dial_party(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time) {
  call->require_live();
  // Audio does not pass from one driver to another.
  if (!call->driver.reaches(to)) co_return Reached::unreachable;
  const DialOptions options{.from = call->contact->customer_address()};
  call->party = std::make_unique<Party>(*call, std::move(to), options);
  Ringing ringing{call};
  Task<Reached> answer = answer_of(*call->party);
  std::optional<Reached> reached = co_await within(call->services->loop, ring_time, std::move(answer));
  ringing.answered = reached == Reached::answered;
  if (ringing.answered) join(*call);
  co_return reached.value_or(Reached::no_answer);
}

Task<Party::Departure> converse(std::shared_ptr<Call::Impl> call) {
  VCSR_ASSERT(call->party);
  Conversation conversation(call, call->party->address());
  Party::Departure departure = co_await *call->party->departure;
  co_return departure;
}

// The old party's phone is let go only once the new one has answered.
Task<Reached> pass_on(std::shared_ptr<Call::Impl> call, Address to) {
  std::unique_ptr<Party> old = std::move(call->party);
  const std::string target = to.uri;
  Task<Reached> dialing = dial_party(call, std::move(to), DialPartyOptions().ring_time);
  Reached reached = co_await std::move(dialing);
  call->contact->append(events::contact_transferred, {{"target", target}, {"result", to_string(reached)}});
  if (reached != Reached::answered) {
    old->stay();
    call->party = std::move(old);
    join(*call);
  }
  co_return reached;
}

Task<> talk_with_party(std::shared_ptr<Call::Impl> call) {
  call->require_live();
  while (call->party) {
    Task<Party::Departure> conversing = converse(call);
    Party::Departure departure = co_await std::move(conversing);
    if (!departure.passed_on) {
      call->party.reset();
      co_return;
    }
    Task<Reached> passing = pass_on(call, *departure.passed_on);
    co_await std::move(passing);
  }
}

}  // namespace vcsr
