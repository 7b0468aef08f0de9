// SPDX-License-Identifier: Apache-2.0
#include "vcsr/customer_context.hpp"

#include <utility>

#include "core/contact_impl.hpp"
#include "core/identify_sources.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

constexpr std::size_t history_limit = 20;

/// A caller without a number is not known by it next time.
bool can_be_known_by(const Identity& identity) {
  return identity.kind == "phone" ? !normalized_phone(identity.value).empty()
                                  : identity.kind != "customer" && !identity.value.empty();
}

/// The names of the parts in which the folders differ.
Value::List changed(const Customer& before, const Customer& after) {
  Value::List parts;
  const auto note = [&parts](const char* part, bool differs) {
    if (differs) parts.emplace_back(part);
  };
  note("name", before.name != after.name);
  note("language", before.language != after.language);
  note("identities", before.identities != after.identities);
  note("indicators", before.indicators != after.indicators);
  note("profile", before.profile != after.profile);
  note("attributes", before.attributes != after.attributes);
  note("prefers", before.prefers != after.prefers);
  note("consents", before.consents != after.consents);
  note("notes", before.notes != after.notes);
  note("matters", before.matters != after.matters);
  note("provisional", before.provisional != after.provisional);
  return parts;
}

/// A folder for somebody nobody knows yet.
Task<std::optional<Customer>> introduce(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  std::optional<Customer> made;
  if (!contact->services->options.provisional_customers || !can_be_known_by(identity)) co_return made;
  Customer stranger{.name = contact->customer_address().name, .identities = {identity}, .provisional = true};
  stranger.id = co_await contact->services->customers.save(stranger);
  contact->services->append(events::customer_created, stranger.id,
                            {{"contact", contact->id}, {"kind", identity.kind}, {"provisional", true}});
  made = std::move(stranger);
  co_return made;
}

/// Loads folder and history into the contact. The contact may close meanwhile.
Task<bool> load(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  CustomerStore& store = contact->services->customers;
  std::optional<Customer> found = co_await store.find(identity);
  if (!contact->writable()) co_return false;
  if (!found) found = co_await introduce(contact, identity);
  if (!found || !contact->writable()) co_return false;
  std::vector<ContactRecord> history = co_await store.history(found->id, history_limit);
  if (!contact->writable()) co_return false;
  contact->append(events::contact_identified, {{"customer", found->id},
                                               {"name", found->name},
                                               {"by", identity.kind},
                                               {"indicators", found->indicators},
                                               {"contacts", history.size()}});
  if (!found->language.empty()) Contact(contact).set_language(found->language);
  contact->customer.customer = std::move(found);
  contact->customer.history = std::move(history);
  co_return true;
}

Task<bool> look_up(std::shared_ptr<Contact::Impl> contact, Identity identity) {
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

Task<bool> identify_by(std::shared_ptr<Contact::Impl> contact, Identity identity) {
  Task<bool> known = look_up(contact, identity);
  if (contact->services->options.identify_sources.empty()) {
    const bool alone = co_await std::move(known);
    co_return alone;
  }
  Task<> asking = ask_sources(contact, std::move(identity));
  auto together = both(contact->services->loop, std::move(known), std::move(asking));
  const std::pair<bool, std::monostate> both_ended = co_await std::move(together);
  co_return both_ended.first;
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

const Customer& CustomerContext::folder() const {
  static const Customer nobody;
  return impl_->customer ? *impl_->customer : nobody;
}

Task<> CustomerContext::save(Customer folder) {
  const std::shared_ptr<Contact::Impl> contact = impl_->contact->shared_from_this();
  if (!known() || folder.id != id())
    throw Error(Error::Code::refused, "the folder '" + folder.id + "' is not that of contact " + contact->id +
                                          ": change what folder() gives after identify()");
  co_await contact->services->customers.save(folder);
  contact->services->append(
      events::customer_saved, folder.id,
      {{"contact", contact->id}, {"changed", changed(*contact->customer.customer, folder)}});
  contact->customer.customer = std::move(folder);
}

void CustomerContext::set(std::string key, Value value) {
  if (!impl_->contact->writable()) return;
  impl_->contact->append(events::contact_collected, {{"key", key}, {"value", value}});
  impl_->origins.erase(key);
  impl_->collected.insert_or_assign(std::move(key), std::move(value));
}

void CustomerContext::set(std::string key, Value value, std::string source, double confidence) {
  if (!impl_->contact->writable()) return;
  impl_->contact->append(events::contact_collected,
                         {{"key", key}, {"value", value}, {"source", source}, {"confidence", confidence}});
  impl_->origins.insert_or_assign(key, Origin{std::move(source), confidence});
  impl_->collected.insert_or_assign(std::move(key), std::move(value));
}

Origin CustomerContext::origin(std::string_view key) const {
  const auto found = impl_->origins.find(key);
  return found == impl_->origins.end() ? Origin() : found->second;
}

void CustomerContext::suggest(std::string action) {
  if (!impl_->contact->writable()) return;
  impl_->contact->append(events::contact_suggested, {{"action", action}});
  impl_->suggestion = std::move(action);
}

const std::string& CustomerContext::suggestion() const { return impl_->suggestion; }

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
