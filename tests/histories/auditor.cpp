// SPDX-License-Identifier: Apache-2.0
#include "histories/auditor.hpp"

#include <algorithm>

#include "base/facts.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr::testing {

namespace {

/// What an agent is who is chosen for a contact: with capacity for more than one, also in the midst of it.
bool may_be_chosen(const std::string& state) {
  return state == "ready" || state == "reserved" || state == "busy" || state == "hold";
}

bool is_turned_away(const std::string& result) {
  return result == "full" || result == "long_wait" || result == "closed";
}

/// What may still be said of a contact that is over.
bool may_follow(const std::string& type) {
  return type == events::contact_wrapped_up || type == events::contact_disposed;
}

}  // namespace

void Auditor::say(const JournalEntry& entry, const std::string& what) {
  if (wrong_.empty())
    wrong_ = "entry " + std::to_string(entry.number) + " " + entry.type + " " + entry.subject + " " +
             to_json(entry.data) + ": " + what;
}

void Auditor::apply(const JournalEntry& entry) {
  if (entry.type == events::agent_state) return change_state(entry);
  if (entry.type == events::contact_arrived && !contacts_.emplace(entry.subject, Contact()).second)
    say(entry, "arrived twice");
  const auto contact = contacts_.find(entry.subject);
  if (contact != contacts_.end()) apply(entry, contact->second);
}

void Auditor::apply(const JournalEntry& entry, Contact& contact) {
  if (contact.closed && !may_follow(entry.type)) say(entry, "the contact is closed");
  if (entry.type == events::contact_callback) contact.called_back = true;
  if (entry.type == events::contact_queued || entry.type == events::contact_resumed) join(entry, contact);
  if (entry.type == events::contact_left_queue) leave(entry, contact);
  if (entry.type == events::contact_assigned) {
    const std::string agent = text_in(entry.data, "agent");
    if (!may_be_chosen(agents_[agent].state)) say(entry, "the agent is " + agents_[agent].state);
  }
  if (entry.type == events::contact_offered) offer(entry, contact);
  if (entry.type == events::offer_ended) end_offer(entry, contact);
  if (entry.type == events::contact_closed) close(entry, contact);
}

void Auditor::join(const JournalEntry& entry, Contact& contact) {
  if (!contact.queue.empty()) say(entry, "it waits in " + contact.queue);
  contact.queue = text_in(entry.data, "queue");
}

void Auditor::leave(const JournalEntry& entry, Contact& contact) {
  if (!contact.offered.empty()) say(entry, "it is still offered");
  const std::string result = text_in(entry.data, "result");
  // Nobody may be there when it comes, or any more while it waits.
  if (result != "nobody" && contact.queue.empty() != is_turned_away(result))
    say(entry, contact.queue.empty() ? "it waited in none" : "it waits in " + contact.queue);
  contact.queue.clear();
}

void Auditor::offer(const JournalEntry& entry, Contact& contact) {
  const std::string agent = text_in(entry.data, "agent");
  if (contact.queue.empty()) say(entry, "it does not wait");
  if (!contact.offered.empty() && contact.queue != together_)
    say(entry, "it is offered to " + contact.offered.begin()->first);
  if (!contact.offered.emplace(agent, entry.at).second) say(entry, "she is offered it already");
}

void Auditor::end_offer(const JournalEntry& entry, Contact& contact) {
  const auto offered = contact.offered.find(text_in(entry.data, "agent"));
  if (offered == contact.offered.end()) return say(entry, "there was no such offer");
  const Duration limit = longest_offer_ + (contact.called_back ? callback_rings_ : Duration());
  if (entry.at - offered->second > limit) say(entry, "the offer took too long");
  contact.offered.erase(offered);
  const std::string result = text_in(entry.data, "result");
  if ((result == "accepted" || result == "picked_up") && !contact.offered.empty())
    say(entry, "it is still offered to " + contact.offered.begin()->first);
}

void Auditor::close(const JournalEntry& entry, Contact& contact) {
  if (!contact.queue.empty()) say(entry, "it waits in " + contact.queue);
  if (!contact.offered.empty()) say(entry, "it is still offered");
  contact.closed = true;
}

void Auditor::change_state(const JournalEntry& entry) {
  Agent& agent = agents_[entry.subject];
  const std::string before = text_in(entry.data, "before"), state = text_in(entry.data, "state");
  if (before != agent.state) say(entry, "the agent was " + agent.state);
  if (before != "logged_out") {
    const Duration lasted = duration_in(entry.data, "lasted");
    if (lasted != entry.at - agent.since) say(entry, "it began at " + to_string(agent.since));
    agent.session += lasted;
  }
  if (state == "logged_out" && duration_in(entry.data, "session") != agent.session)
    say(entry, "the states add up to " + std::to_string(agent.session.count()) + " us");
  if (before == "logged_out") agent.session = {};
  agent.state = state;
  agent.since = entry.at;
}

void Auditor::restart() {
  for (auto& [id, contact] : contacts_) {
    contact.offered.clear();
    contact.queue.clear();
  }
}

void Auditor::conclude() {
  if (!wrong_.empty()) return;
  for (const auto& [id, contact] : contacts_)
    if (!contact.closed) wrong_ = "contact " + id + " has no outcome";
}

std::size_t Auditor::in(const std::string& queue) const {
  return static_cast<std::size_t>(
      std::count_if(contacts_.begin(), contacts_.end(),
                    [&queue](const auto& contact) { return contact.second.queue == queue; }));
}

}  // namespace vcsr::testing
