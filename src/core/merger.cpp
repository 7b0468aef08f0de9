// SPDX-License-Identifier: Apache-2.0
#include "core/merger.hpp"

#include <optional>
#include <utility>

#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// Where a leg is: a call, and the party there; null for its customer.
struct Seat {
  std::shared_ptr<Call::Impl> call;
  Party* party = nullptr;

  bool is_customer() const { return !party; }
  /// The telephone is still in the middle of a talk there.
  bool ready() const {
    const Party* const charged = call->conversation.in_charge;
    return call->live() && call->answered && charged && charged->line.present && (!party || party == charged);
  }
};

std::optional<Seat> seat_of(const Services& services, const Leg& leg) {
  for (Call::Impl* call : services.open_calls) {
    if (!call->live()) continue;
    if (call->leg.get() == &leg) return Seat{call->shared_from_this(), nullptr};
    for (const auto& party : call->conversation.parties)
      if (party->line.leg == &leg && party->line.present) return Seat{call->shared_from_this(), party.get()};
  }
  return {};
}

/// Whoever the telephone talks with at `donor` becomes the party of the customer at `survivor`.
void join(const Seat& survivor, const Seat& donor) {
  Call::Impl& from = *donor.call;
  Conversation& conversation = survivor.call->conversation;
  Party& talked = *from.conversation.in_charge;
  const Address address = donor.is_customer() ? talked.address : from.contact->customer_address();
  survivor.call->contact->append(events::contact_transferred, {{"target", address.uri},
                                                               {"result", to_string(Reached::answered)},
                                                               {"leg", survivor.party->number()},
                                                               {"consulted", true}});
  from.contact->append(events::contact_transferred,
                       {{"target", survivor.call->contact->customer_address().uri},
                        {"result", to_string(Reached::answered)},
                        {"leg", donor.is_customer() ? Parties::customer : donor.party->number()},
                        {"consulted", true}});
  from.contact->transferred = true;
  std::unique_ptr<Leg> leg = donor.is_customer() ? from.conversation.give(talked) : from.give_leg();
  leg->stop_playing();
  conversation.take(conversation.adopt(Role::consulted, address, std::move(leg)));
  from.hang_up(Cause::normal);
}

/// The telephone is told before it is let go.
Task<> merge(Seat asked, Seat other) {
  co_await asked.call->services->loop.sleep(Duration(1));
  const bool possible = asked.ready() && other.ready();
  const Cause outcome = possible ? Cause::normal : Cause::failed;
  if (asked.party) asked.party->transfer_ended(outcome);
  else if (asked.call->live()) asked.call->leg->transfer_ended(outcome);
  if (!possible) co_return;
  if (asked.party) join(asked, other);
  else join(other, asked);
}

}  // namespace

bool request_merger(Call::Impl& call, Party* asking, Leg& other) {
  Seat first{call.shared_from_this(), asking};
  std::optional<Seat> second = seat_of(*call.services, other);
  if (!second || !first.ready() || !second->ready() || second->call == first.call) return false;
  // Somebody must be a customer of ours; and audio does not pass from one driver to another.
  if (first.is_customer() && second->is_customer()) return false;
  if (&first.call->driver != &second->call->driver) return false;
  call.errands->spawn(merge(std::move(first), *std::move(second)));
  return true;
}

}  // namespace vcsr
