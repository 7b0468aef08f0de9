// SPDX-License-Identifier: Apache-2.0
#include "core/waiting_before.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "base/named.hpp"
#include "core/contact_service.hpp"
#include "core/queue_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

std::optional<WallTime> time_in(const Facts& data, std::string_view name) {
  const std::string text = text_in(data, name);
  return text.empty() ? std::nullopt : std::optional(parse_wall_time(text));
}

Facts map_in(const Facts& data, std::string_view name) {
  const auto found = data.find(name);
  const Facts* const map = found == data.end() ? nullptr : found->second.get_if<Facts>();
  return map ? *map : Facts();
}

/// Without it she is served all the same.
Task<> read_history(std::shared_ptr<Contact::Impl> contact) {
  if (!contact->customer.customer) co_return;
  const std::shared_ptr<Services> services = contact->services;
  try {
    constexpr std::size_t most = 20;
    std::vector<ContactRecord> history =
        co_await services->customers.history(contact->customer.customer->id, most);
    contact->customer.history = std::move(history);
  } catch (const Error& error) {
    services->log.warning("cannot look up the customer", {{"contact", contact->id}, {"error", error.what()}});
  }
}

}  // namespace

void WaitingBefore::apply(const JournalEntry& entry) {
  if (entry.type == events::contact_arrived && text_in(entry.data, "channel") != to_string(Channel::voice))
    open_[entry.subject].arrived = entry;
  const auto found = open_.find(entry.subject);
  if (found == open_.end()) return;
  if (entry.type == events::contact_closed) {
    open_.erase(found);
    return;
  }
  describe(found->second, entry);
  move(found->second, entry);
}

void WaitingBefore::describe(Before& before, const JournalEntry& entry) const {
  const Facts& data = entry.data;
  if (entry.type == events::contact_reason) before.reason = text_in(data, "reason");
  if (entry.type == events::contact_language) before.language = text_in(data, "language");
  if (entry.type == events::contact_verified) before.verification = text_in(data, "verification");
  if (entry.type == events::contact_required) before.requirement = text_in(data, "requirement");
  if (entry.type == events::contact_identified)
    before.customer = Customer{.id = text_in(data, "customer"),
                               .name = text_in(data, "name"),
                               .indicators = map_in(data, "indicators")};
  if (entry.type == events::contact_prefers) {
    before.preferred_agent = text_in(data, "agent");
    before.preferred_for = duration_in(data, "lasts");
  }
  if (entry.type == events::contact_collected) {
    const auto value = data.find("value");
    before.collected.insert_or_assign(text_in(data, "key"), value == data.end() ? Value() : value->second);
  }
}

void WaitingBefore::move(Before& before, const JournalEntry& entry) const {
  const Facts& data = entry.data;
  if (entry.type == events::contact_queued) {
    before.state = State::waiting;
    before.queue = text_in(data, "queue");
    before.priority = static_cast<int>(number_in(data, "priority"));
    before.joined = entry.at;
    before.entered = entry.at - duration_in(data, "before");
  }
  if (entry.type == events::contact_left_queue)
    before.state = text_in(data, "result") == "answered" ? State::in_hand : State::elsewhere;
  if (entry.type == events::contact_disconnected) before.state = State::elsewhere;
  if (entry.type == events::contact_callback) {
    Callback& callback = before.callback.emplace();
    callback.queue = before.queue = text_in(data, "queue");
    callback.number = text_in(data, "number");
    callback.priority = static_cast<int>(number_in(data, "priority"));
    callback.next = time_in(data, "at");
    callback.entered = callback.next.value_or(entry.at) - duration_in(data, "before");
  }
  if (entry.type == events::contact_called_back && before.callback) {
    before.callback->tries = static_cast<int>(number_in(data, "tries"));
    before.callback->next = time_in(data, "again");
  }
}

bool WaitingBefore::is_kept(const Services& services, const Before& before) {
  const auto queue = services.queues.find(before.queue);
  if (queue == services.queues.end()) return false;
  return before.callback ? queue->second.lock()->options.callback.has_value()
                         : before.state != State::elsewhere;
}

bool WaitingBefore::has(const Services& services, const std::string& contact) const {
  const auto found = open_.find(contact);
  return found != open_.end() && (services.contacts.contains(contact) || is_kept(services, found->second));
}

std::shared_ptr<Contact::Impl> WaitingBefore::open(const std::shared_ptr<Services>& services,
                                                   const std::string& id, const Before& before) {
  const Facts& arrived = before.arrived.data;
  auto contact = std::make_shared<Contact::Impl>(
      services, channel_named(text_in(arrived, "channel")).value_or(Channel::voice),
      Address(text_in(arrived, "from"), text_in(arrived, "name")), Address(text_in(arrived, "to")));
  contact->id = id;
  contact->outgoing = text_in(arrived, "direction") == "out";
  contact->without_call = contact->answered = true;
  contact->arrived = before.arrived.at;
  contact->began = services->on_loop(before.arrived.at);
  contact->reason = before.reason;
  if (!before.language.empty()) contact->language = before.language;
  contact->verification = named(before.verification, Verification::voice).value_or(Verification::none);
  contact->required = Requirement::parse(before.requirement);
  contact->preferred_agent = before.preferred_agent;
  contact->preferred_for = before.preferred_for;
  contact->customer.collected = before.collected;
  contact->customer.customer = before.customer;
  contact->callback = before.callback;
  if (before.callback) contact->answered = false;
  if (before.state != State::elsewhere)
    contact->resumption = {before.queue, before.priority, services->on_loop(before.entered),
                           services->on_loop(before.joined), before.state == State::waiting};
  return contact;
}

Task<> WaitingBefore::restore(std::shared_ptr<Services> services) const {
  std::vector<std::shared_ptr<Contact::Impl>> contacts;
  for (const auto& [id, before] : open_) {
    if (services->contacts.contains(id) || !is_kept(*services, before)) continue;
    contacts.push_back(open(services, id, before));
    services->contacts.emplace(id, contacts.back());
  }
  // Customers are called when there is a line.
  for (const auto& contact : contacts)
    if (contact->callback) services->call_back(contact);
  std::erase_if(contacts, [](const auto& contact) { return contact->callback.has_value(); });
  for (const auto& contact : contacts) {
    Task<> reading = read_history(contact);
    co_await std::move(reading);
  }
  const auto rank = [&services](const std::shared_ptr<Contact::Impl>& contact) {
    const Contact::Impl::Resumption& before = *contact->resumption;
    return before.entered -
           before.priority * services->queues.at(before.queue).lock()->options.priority_worth;
  };
  std::stable_sort(contacts.begin(), contacts.end(),
                   [&rank](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (const auto& contact : contacts) services->background.spawn(resume_contact(contact));
}

}  // namespace vcsr
