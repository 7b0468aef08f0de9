// SPDX-License-Identifier: Apache-2.0
#include "core/conversation.hpp"

#include <algorithm>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "core/media_value.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

std::string name_of(const Party& party) {
  return "leg " + std::to_string(party.number()) + " (" + party.address.uri + ")";
}

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::refused, why); }

}  // namespace

Conversation::Conversation(Call::Impl& call) : call_(call), counted_(call.services->loop.now()) {
  customer.record.number = Parties::customer;
  customer.record.role = to_string(Role::customer);
  customer.record.offered = call.contact->callback ? call.services->loop.wall_time() : call.contact->arrived;
}

Party& Conversation::enter(Role role, const Address& address, std::string agent) {
  count_time();
  const auto engaged = agent.empty() ? call_.services->agent_at(address) : nullptr;
  if (engaged) agent = engaged->options.id;
  const int number = static_cast<int>(parties.size()) + 2;
  Party& party = *parties.emplace_back(std::make_unique<Party>(call_, number, role, address, agent));
  call_.contact->append(
      events::leg_offered,
      {{"leg", number}, {"role", to_string(role)}, {"party", address.uri}, {"agent", agent}});
  if (engaged) party.engagement.emplace(engaged, call_.contact);
  return party;
}

Party& Conversation::add(Role role, const Address& address) {
  Party& party = enter(role, address, {});
  apply();
  party.dial({.from = call_.contact->customer_address()});
  return party;
}

Party& Conversation::ring(const Address& address, std::string agent) {
  Party& party = enter(Role::party, address, std::move(agent));
  party.beside_others = true;
  apply();
  party.dial({.from = call_.contact->customer_address()});
  return party;
}

Party& Conversation::add_instead_of(Party& party, const Address& address) {
  Party& heir = enter(party.role, address, {});
  heir.replaces = &party;
  heir.supervision = party.supervision;
  heir.dial({.from = call_.contact->customer_address()});
  return heir;
}

Party& Conversation::adopt(Role role, const Address& address, std::unique_ptr<Leg> leg) {
  Party& party = enter(role, address, {});
  party.adopt(std::move(leg));
  answered(party);
  return party;
}

void Conversation::replace(Party& party, std::unique_ptr<Leg> by, const Address& address) {
  const auto agent = call_.services->agent_calling(address);
  Party& heir = enter(party.role, agent ? agent->options.address : address, {});
  heir.replaces = &party;
  heir.supervision = party.supervision;
  heir.adopt(std::move(by));
  heir.line.leg->answer();
}

std::unique_ptr<Leg> Conversation::give(Party& party) {
  std::unique_ptr<Leg> leg = party.give_leg();
  ended(party, Cause::normal);
  return leg;
}

void Conversation::answered(Party& party) {
  if (!party.alerting()) return;
  count_time();
  party.line.present = true;
  party.line.record.answered = call_.services->loop.wall_time();
  call_.contact->append(events::leg_answered, {{"leg", party.number()}});
  if (party.engagement) party.engagement->answered();
  if (Party* const before = std::exchange(party.replaces, nullptr)) take_place(party, *before);
  else if (party.role == Role::party || !in_charge) take(party);
  else if (party.role == Role::successor && &party == second) hand_over();
  release_heirs(party);
  if (party.beside_others) release_rivals(party);
  apply();
  party.reached.set(Reached::answered);
}

void Conversation::take_place(Party& party, Party& before) {
  const bool rang = before.alerting();
  before.heir = &party;
  party.beside_others = before.beside_others;
  party.line.muted = before.line.muted;
  party.line.held = before.line.held;
  if (in_charge == &before) in_charge = &party;
  if (second == &before) second = &party;
  if (rang) before.reached.set(Reached::answered);
  if (rang && party.role == Role::party) take(party);
  else if (rang && second == &party && party.role == Role::successor) hand_over();
  // Nobody waits for it any more: whoever it was has left while the heir was being answered.
  if (before.line.ended && in_charge != &party && second != &party) return release(party);
  release(before);
}

void Conversation::release_heirs(const Party& party) {
  for (const auto& heir : parties)
    if (heir->replaces == &party && heir->alerting()) release(*heir);
}

void Conversation::release_rivals(const Party& party) {
  for (const auto& rival : parties) {
    if (rival.get() == &party || !rival->beside_others || !rival->alerting()) continue;
    rival->answered_elsewhere = true;
    release(*rival, Cause::answered_elsewhere);
  }
}

// Whoever was in charge is let go only now that there is somebody else.
void Conversation::take(Party& party) {
  count_time();
  Party* const before = std::exchange(in_charge, &party);
  Party* const aside = std::exchange(second, nullptr);
  customer.held = with_customer = sought = false;
  party.line.held = false;
  if (parked) unpark(party.number() == parked->called_back ? "returned" : "picked_up", party.number());
  if (aside && aside != &party) release(*aside);
  if (!before || before == &party) return;
  before->transfer_ended(Cause::normal);
  release(*before);
}

void Conversation::hand_over() { take(*second); }

void Conversation::hold(int leg, bool held) {
  Line& line = require_line(leg);
  if (!line.present) refuse("leg " + std::to_string(leg) + " has not answered yet");
  if (line.held == held) return;
  line.held = held;
  call_.contact->append(events::contact_held, {{"held", held}, {"leg", leg}, {"by", "center"}});
  apply();
}

std::uint64_t Conversation::park(const std::string& slot) {
  count_time();
  Party& by = *in_charge;
  const LegRecord& record = by.line.record;
  const Loop& loop = call_.services->loop;
  parked = Parked{++parkings_, slot, by.address, record.agent, loop.now(), loop.wall_time()};
  call_.contact->append(
      events::contact_parked,
      {{"slot", slot}, {"leg", record.number}, {"party", record.party}, {"agent", record.agent}});
  by.transfer_ended(Cause::normal);
  customer.held = with_customer = false;
  let_all_go();
  apply();
  return parkings_;
}

// Who was called to pick her up as well has come too late.
void Conversation::unpark(const char* result, int leg) {
  const Parked before = *std::exchange(parked, std::nullopt);
  const Duration lasted = call_.services->loop.now() - before.began;
  call_.contact->append(
      events::contact_unparked,
      {{"slot", before.slot}, {"lasted", seconds(lasted)}, {"result", result}, {"leg", leg}});
  for (const auto& party : parties)
    if (party->alerting()) release(*party);
}

void Conversation::release(Party& party, Cause cause) {
  if (party.line.ended) return;
  party.reached.set(Reached::no_answer);
  party.line.leg->hang_up(party.answered_elsewhere ? cause : Cause::normal);
  ended(party, cause);
}

void Conversation::release_all() {
  if (parked) unpark("dropped", 0);
  let_all_go();
  apply();
}

void Conversation::let_all_go() {
  for (const auto& party : parties) {
    // Not one after the other into the charge of the customer.
    if (in_charge == party.get()) in_charge = nullptr;
    if (second == party.get()) second = nullptr;
    release(*party);
  }
}

void Conversation::ended(Party& party, Cause cause) {
  if (party.line.ended) return;
  count_time();
  close_line(party.line, cause);
  party.engagement.reset();
  party.reached.set(reached_by(cause));
  release_heirs(party);
  if (&party == second) {
    second = nullptr;
    with_customer = false;
  }
  if (&party == in_charge) {
    const bool succeeded = second && second->role == Role::successor;
    in_charge = succeeded ? std::exchange(second, nullptr) : next_in_charge();
    customer.held = with_customer = false;
  }
  if (!in_charge) drop_the_unneeded();
  else if (second && !in_charge->line.present) release(*std::exchange(second, nullptr));
  apply();
}

Party* Conversation::next_in_charge() const {
  for (const auto& party : parties) {
    const bool talks = party->role != Role::supervisor || party->supervision == Supervision::barge;
    if (party->line.present && party.get() != second && talks) return party.get();
  }
  return nullptr;
}

/// Those who are there for the sake of somebody who has left.
void Conversation::drop_the_unneeded() {
  second = nullptr;
  for (const auto& party : parties)
    if (party->role != Role::party && !party->line.ended) release(*party);
}

void Conversation::end(Cause cause) {
  if (customer.ended) return;
  count_time();
  customer.record.party = call_.contact->customer_address().uri;
  customer.leg = call_.leg.get();
  if (parked) unpark("abandoned", 0);
  close_line(customer, cause);
  release_all();
}

void Conversation::drop_legs() {
  for (const auto& party : parties) party->drop_leg();
}

void Conversation::close_line(Line& line, Cause cause) {
  line.present = false;
  line.ended = true;
  const Loop& loop = call_.services->loop;
  std::erase_if(links_, [&line](const auto& link) { return link.first == &line || link.second == &line; });
  LegRecord& record = line.record;
  record.cause = to_string(cause);
  record.ended = loop.wall_time();
  call_.contact->legs.push_back(record);
  Facts facts{{"leg", record.number},         {"role", record.role},
              {"party", record.party},        {"agent", record.agent},
              {"cause", record.cause},        {"answered", record.answered.has_value()},
              {"rang", seconds(record.rang)}, {"talked", seconds(record.talked)},
              {"held", seconds(record.held)}, {"beside", seconds(record.beside)}};
  const std::optional<MediaQuality> media = line.leg ? line.leg->quality() : std::nullopt;
  if (media) facts["media"] = to_value(*media);
  if (const std::string trunk = line.leg ? line.leg->trunk() : ""; !trunk.empty()) facts["trunk"] = trunk;
  call_.contact->append(events::leg_ended, std::move(facts));
}

Party& Conversation::require_in_charge() const {
  call_.require_live();
  if (!in_charge || !in_charge->line.present)
    refuse("the customer of " + call_.contact->id + " talks with nobody");
  return *in_charge;
}

Party& Conversation::require_consulted() const {
  require_in_charge();
  if (!second) refuse("nobody is consulted in " + call_.contact->id + ": consult() somebody first");
  if (!second->line.present) refuse(name_of(*second) + " has not answered yet");
  return *second;
}

void Conversation::require_free_hand() const {
  require_in_charge();
  if (second)
    refuse(name_of(*second) + " is being consulted already: complete(), join() or reconnect() first");
}

Party& Conversation::require_party(int leg) const {
  call_.require_live();
  for (const auto& party : parties)
    if (party->number() == leg && !party->line.ended) return *party;
  throw Error(Error::Code::not_found,
              "there is no party at leg " + std::to_string(leg) + " of " + call_.contact->id);
}

Party& Conversation::last_of(const std::string& agent) const {
  const auto found = std::find_if(parties.rbegin(), parties.rend(),
                                  [&agent](const auto& party) { return party->line.record.agent == agent; });
  VCSR_ASSERT(found != parties.rend());
  return **found;
}

Party& Conversation::require_supervisor(int leg) const {
  Party& party = require_party(leg);
  if (party.role != Role::supervisor || &party == in_charge) refuse(name_of(party) + " is no supervisor");
  if (!party.line.present) refuse(name_of(party) + " has not answered yet");
  return party;
}

Line& Conversation::require_line(int leg) {
  if (leg != Parties::customer) return require_party(leg).line;
  call_.require_live();
  return customer;
}

}  // namespace vcsr
