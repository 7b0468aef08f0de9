// SPDX-License-Identifier: Apache-2.0
#include "vcsr/parties.hpp"

#include <utility>

#include "core/call_impl.hpp"
#include "core/parking.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

const char* to_string(Role role) noexcept {
  constexpr const char* names[] = {"customer", "party", "consulted", "successor", "expert", "supervisor"};
  return names[static_cast<int>(role)];
}

const char* to_string(ConnectionState state) noexcept {
  constexpr const char* names[] = {"alerting", "connected", "hold"};
  return names[static_cast<int>(state)];
}

const char* to_string(Supervision mode) noexcept {
  constexpr const char* names[] = {"listen", "whisper", "barge"};
  return names[static_cast<int>(mode)];
}

namespace {

ConnectionState state_of(const Line& line) {
  if (!line.present) return ConnectionState::alerting;
  const bool waits = line.held || line.away || line.sound == Line::Sound::music;
  return waits ? ConnectionState::hold : ConnectionState::connected;
}

Connection connection_of(const Line& line, Address address) {
  Connection connection;
  connection.leg = line.record.number;
  connection.state = state_of(line);
  connection.address = std::move(address);
  connection.agent = line.record.agent;
  connection.muted = line.muted;
  return connection;
}

/// Lets the party go again on every way out but an answer.
struct Ringing {
  Conversation& conversation;
  Party& party;
  ~Ringing() {
    if (party.alerting()) conversation.release(party, Cause::no_answer);
  }
};

Task<Reached> answer_of(Party& party) {
  Reached reached = co_await party.reached;
  co_return reached;
}

Task<Reached> bring(std::shared_ptr<Call::Impl> call, Address to, Role role, Duration ring_time,
                    Supervision supervision = Supervision::listen) {
  // Audio does not pass from one driver to another.
  if (!call->driver.reaches(to)) co_return Reached::unreachable;
  Conversation& conversation = call->conversation;
  Party& party = conversation.add(role, to);
  party.supervision = supervision;
  if (role == Role::consulted || role == Role::successor) conversation.second = &party;
  conversation.apply();
  Task<Reached> reaching = reach(call, party, ring_time);
  Reached reached = co_await std::move(reaching);
  co_return reached;
}

Task<Reached> consult(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time) {
  call->conversation.require_free_hand();
  Task<Reached> bringing = bring(call, std::move(to), Role::consulted, ring_time);
  Reached reached = co_await std::move(bringing);
  co_return reached;
}

Task<Reached> add_expert(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time) {
  call->conversation.require_in_charge();
  Task<Reached> bringing = bring(call, std::move(to), Role::expert, ring_time);
  Reached reached = co_await std::move(bringing);
  co_return reached;
}

Task<Reached> add_supervisor(std::shared_ptr<Call::Impl> call, Address to, Supervision mode,
                             Duration ring_time) {
  call->conversation.require_in_charge();
  Task<Reached> bringing = bring(call, std::move(to), Role::supervisor, ring_time, mode);
  Reached reached = co_await std::move(bringing);
  co_return reached;
}

Task<> send_to(std::shared_ptr<Call::Impl> call, int leg, std::string digits) {
  Party& party = call->conversation.require_party(leg);
  party.sending_digits = true;
  party.line.leg->send_digits(digits);
  while (party.sending_digits && !party.line.ended) co_await change(call);
}

}  // namespace

Task<Reached> reach(std::shared_ptr<Call::Impl> call, Party& party, Duration ring_time) {
  const Ringing ringing{call->conversation, party};
  Task<Reached> answer = answer_of(party);
  std::optional<Reached> reached = co_await within(call->services->loop, ring_time, std::move(answer));
  // Answered in the very moment in which time ran out.
  if (!reached && party.line.present) co_return Reached::answered;
  co_return reached.value_or(Reached::no_answer);
}

Task<Reached> dial_party(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time) {
  call->require_live();
  if (!call->driver.reaches(to)) co_return Reached::unreachable;
  Party& party = call->conversation.add(Role::party, to);
  Task<Reached> reaching = reach(call, party, ring_time);
  Reached reached = co_await std::move(reaching);
  co_return reached;
}

Task<std::optional<Reached>> ring_agent(std::shared_ptr<Call::Impl> call, Address at, Duration ring_time,
                                        std::string agent) {
  call->require_live();
  if (!call->driver.reaches(at)) co_return Reached::unreachable;
  Party& party = call->conversation.ring(at, agent);
  Task<Reached> reaching = reach(call, party, ring_time);
  const Reached reached = co_await std::move(reaching);
  if (party.answered_elsewhere) co_return std::nullopt;
  co_return reached;
}

Task<Reached> pass_on(std::shared_ptr<Call::Impl> call, Address to, Duration ring_time) {
  call->conversation.require_free_hand();
  const int by = call->conversation.in_charge->number();
  const std::string target = to.uri;
  Task<Reached> bringing = bring(call, std::move(to), Role::successor, ring_time);
  Reached reached = co_await std::move(bringing);
  call->contact->append(
      events::contact_transferred,
      {{"target", target}, {"result", to_string(reached)}, {"leg", by}, {"consulted", false}});
  co_return reached;
}

Task<> until_gone(std::shared_ptr<Call::Impl> call, const Party& party) {
  call->require_live();
  while (!party.line.ended) co_await change(call);
}

Task<> talk_with_parties(std::shared_ptr<Call::Impl> call) {
  call->require_live();
  while (!call->conversation.over()) co_await change(call);
}

std::vector<Connection> Parties::all() const {
  const Conversation& conversation = impl_->conversation;
  std::vector<Connection> all;
  if (impl_->live()) all.push_back(connection_of(conversation.customer, impl_->contact->customer_address()));
  for (const auto& party : conversation.parties) {
    if (party->line.ended) continue;
    Connection& connection = all.emplace_back(connection_of(party->line, party->address));
    connection.role = party->role;
    connection.in_charge = party.get() == conversation.in_charge;
    connection.supervision = party->supervision;
  }
  return all;
}

void Parties::hold(int leg) {
  impl_->conversation.require_in_charge();
  impl_->conversation.hold(leg, true);
}

void Parties::retrieve(int leg) {
  impl_->conversation.require_in_charge();
  impl_->conversation.hold(leg, false);
}

void Parties::mute(int leg, bool on) {
  Line& line = impl_->conversation.require_line(leg);
  if (line.muted == on) return;
  line.muted = on;
  impl_->contact->append(events::leg_muted, {{"leg", leg}, {"muted", on}});
  impl_->conversation.apply();
}

Task<> Parties::send_digits(int leg, std::string digits) {
  if (leg == customer) return Call(impl_).send_digits(std::move(digits));
  return send_to(impl_, leg, std::move(digits));
}

Task<Reached> Parties::consult(Address to, DialPartyOptions options) {
  return vcsr::consult(impl_, std::move(to), options.ring_time);
}

void Parties::alternate() {
  Conversation& conversation = impl_->conversation;
  const Party& consulted = conversation.require_consulted();
  conversation.with_customer = !conversation.with_customer;
  impl_->contact->append(events::contact_alternated,
                         {{"leg", conversation.with_customer ? customer : consulted.number()}});
  conversation.apply();
}

void Parties::complete() {
  Conversation& conversation = impl_->conversation;
  const Party& consulted = conversation.require_consulted();
  impl_->contact->append(events::contact_transferred, {{"target", consulted.address.uri},
                                                       {"result", to_string(Reached::answered)},
                                                       {"leg", conversation.in_charge->number()},
                                                       {"consulted", true}});
  conversation.hand_over();
}

void Parties::reconnect() {
  Conversation& conversation = impl_->conversation;
  conversation.require_in_charge();
  if (!conversation.second) throw Error(Error::Code::refused, "nobody is consulted in " + impl_->contact->id);
  conversation.release(*conversation.second);
}

void Parties::join() {
  Conversation& conversation = impl_->conversation;
  impl_->contact->append(events::contact_conferenced, {{"leg", conversation.require_consulted().number()}});
  conversation.second = nullptr;
  conversation.with_customer = conversation.customer.held = false;
  conversation.apply();
}

Task<Reached> Parties::add(Address to, DialPartyOptions options) {
  return add_expert(impl_, std::move(to), options.ring_time);
}

void Parties::drop(int leg) { impl_->conversation.release(impl_->conversation.require_party(leg)); }

Task<Reached> Parties::pass_on(Address to, DialPartyOptions options) {
  return vcsr::pass_on(impl_, std::move(to), options.ring_time);
}

std::string Parties::park(ParkOptions options) { return vcsr::park(impl_, std::move(options)); }

std::optional<ParkedCall> Parties::parked() const {
  const std::optional<Parked>& parked = impl_->conversation.parked;
  if (!parked) return std::nullopt;
  return ParkedCall{parked->slot, impl_->contact->id, parked->by, parked->agent, parked->since};
}

Task<Reached> Parties::pick_up(Agent by, DialPartyOptions options) {
  return vcsr::pick_up(impl_, by.impl_, options.ring_time);
}

Task<Reached> Parties::supervise(Address supervisor, Supervision mode, DialPartyOptions options) {
  return add_supervisor(impl_, std::move(supervisor), mode, options.ring_time);
}

void Parties::supervise(int leg, Supervision mode) {
  Party& supervisor = impl_->conversation.require_supervisor(leg);
  supervisor.supervision = mode;
  impl_->contact->append(events::leg_supervises, {{"leg", leg}, {"mode", to_string(mode)}});
  impl_->conversation.apply();
}

void Parties::take_over(int leg) {
  Party& supervisor = impl_->conversation.require_supervisor(leg);
  impl_->contact->append(events::contact_taken_over, {{"leg", leg}});
  impl_->conversation.take(supervisor);
}

}  // namespace vcsr
