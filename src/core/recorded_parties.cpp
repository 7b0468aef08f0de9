// SPDX-License-Identifier: Apache-2.0
#include "core/recorded_parties.hpp"

#include <algorithm>
#include <utility>

#include "core/agent_impl.hpp"

namespace vcsr {

namespace {

RecordedParty described(const Call::Impl& call, const Party& party) {
  const Conversation& conversation = call.conversation;
  const LegRecord& record = party.line.record;
  const bool together = !party.line.away && !conversation.customer.away;
  RecordedParty recorded{.address = record.party,
                         .heard = together && conversation.hears(conversation.customer, party.line),
                         .hears = together && conversation.hears(party.line, conversation.customer)};
  const auto agent = call.services->agents.find(record.agent);
  if (agent != call.services->agents.end()) recorded.name = agent->second->options.name;
  return recorded;
}

}  // namespace

// Whoever is consulted has nothing to do with the customer yet.
std::vector<RecordedParty> recorded_parties(const Call::Impl& call) {
  const Conversation& conversation = call.conversation;
  std::vector<RecordedParty> all;
  if (conversation.in_charge) all.push_back(described(call, *conversation.in_charge));
  for (const auto& party : conversation.parties) {
    const bool aside = party.get() == conversation.in_charge || party.get() == conversation.second;
    if (party->line.present && !aside) all.push_back(described(call, *party));
  }
  const Contact::Impl& contact = *call.contact;
  if (all.empty()) all.push_back({.address = (contact.outgoing ? contact.from : contact.to).uri});
  return all;
}

void tell_parties(Call::Impl& call) {
  CallRecording& recording = call.recording;
  if (!recording.tap || recording.message || !call.live()) return;
  std::vector<RecordedParty> now = recorded_parties(call);
  if (now == recording.parties) return;
  recording.parties = std::move(now);
  recording.tap->on_parties(recording.parties);
}

}  // namespace vcsr
