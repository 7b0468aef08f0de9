// SPDX-License-Identifier: Apache-2.0
#include "vcsr/customer_context.hpp"

#include <utility>

#include "core/contact_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

constexpr std::size_t history_limit = 20;

/// Loads folder and history into the contact. The contact may close meanwhile.
Task<bool> load(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  CustomerStore& store = contact->services->customers;
  const std::string by = identity.kind;
  std::optional<Customer> found = co_await store.find(std::move(identity));
  if (!found || !contact->writable()) co_return false;
  std::vector<ContactRecord> history = co_await store.history(found->id, history_limit);
  if (!contact->writable()) co_return false;
  contact->append(events::contact_identified, {{"customer", found->id},
                                               {"name", found->name},
                                               {"by", by},
                                               {"indicators", found->indicators},
                                               {"contacts", history.size()}});
  if (!found->language.empty()) Contact(contact).set_language(found->language);
  contact->customer.customer = std::move(found);
  contact->customer.history = std::move(history);
  co_return true;
}

Task<bool> identify_by(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  const std::string kind = identity.kind;
  try {
    Task<bool> loading = load(contact, std::move(identity));
    const bool known = co_await std::move(loading);
    co_return known;
  } catch (const Error& error) {
    contact->services->log.warning("cannot look up the customer",
                                   {{"contact", contact->id}, {"by", kind}, {"error", error.what()}});
  }
  co_return false;
}

}  // namespace

bool CustomerContext::known() const { return impl_->customer.has_value(); }

const std::string& CustomerContext::id() const {
  static const std::string nobody;
  return impl_->customer ? impl_->customer->id : nobody;
}

const std::string& CustomerContext::name() const {
  static const std::string nobody;
  return impl_->customer ? impl_->customer->name : nobody;
}

const Facts& CustomerContext::indicators() const {
  static const Facts none;
  return impl_->customer ? impl_->customer->indicators : none;
}

const std::vector<ContactRecord>& CustomerContext::history() const { return impl_->history; }

Value CustomerContext::get(std::string_view key) const {
  const auto found = impl_->collected.find(key);
  return found == impl_->collected.end() ? Value() : found->second;
}

void CustomerContext::set(std::string key, Value value) {
  if (!impl_->contact->writable()) return;
  impl_->contact->append(events::contact_collected, {{"key", key}, {"value", value}});
  impl_->collected.insert_or_assign(std::move(key), std::move(value));
}

const Facts& CustomerContext::collected() const { return impl_->collected; }

Facts CustomerContext::facts() const {
  Facts facts = indicators();
  for (const auto& [key, value] : impl_->collected) facts.insert_or_assign(key, value);
  const Contact::Impl& contact = *impl_->contact;
  facts.insert_or_assign("from", contact.from.uri);
  facts.insert_or_assign("to", contact.to.uri);
  facts.insert_or_assign("direction", contact.outgoing ? "out" : "in");
  facts.insert_or_assign("channel", to_string(contact.channel));
  facts.insert_or_assign("language", contact.language);
  facts.insert_or_assign("known", known());
  facts.insert_or_assign("contacts", impl_->history.size());
  return facts;
}

Task<bool> CustomerContext::identify() {
  return identify_by(impl_->contact->shared_from_this(), {"phone", impl_->contact->customer_address().uri});
}
Task<bool> CustomerContext::identify(Identity identity) {
  return identify_by(impl_->contact->shared_from_this(), std::move(identity));
}

}  // namespace vcsr
