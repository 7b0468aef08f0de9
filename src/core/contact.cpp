// SPDX-License-Identifier: Apache-2.0
#include "vcsr/contact.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "core/call_impl.hpp"
#include "core/contact_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

const char* to_string(Verification verification) noexcept {
  constexpr const char* names[] = {"none", "number", "pin", "document", "voice"};
  return names[static_cast<int>(verification)];
}

const char* to_string(Outcome outcome) noexcept {
  constexpr const char* names[] = {"self_served", "served", "transferred", "abandoned", "unserved", "left",
                                   "refused",     "failed", "interrupted", "unreached", "closed"};
  return names[static_cast<int>(outcome)];
}

namespace {

Task<> keep(std::shared_ptr<Contact::Impl> contact, ContactRecord record) {
  const Log log = contact->services->log;
  try {
    Task<> keeping = contact->services->customers.keep(std::move(record));
    co_await std::move(keeping);
  } catch (const Error& error) {
    log.error("a contact's record is not in the store", {{"contact", contact->id}, {"error", error.what()}});
  }
}

Value shown_history(const std::vector<ContactRecord>& records) {
  constexpr std::size_t most = 5;
  Value::List history;
  for (const ContactRecord& record : records) {
    if (history.size() == most) break;
    history.push_back(Value::Map{{"began", to_string(record.began)},
                                 {"channel", record.channel},
                                 {"reason", record.reason},
                                 {"outcome", record.outcome},
                                 {"agent", record.agent}});
  }
  return history;
}

Value shown_origins(const std::map<std::string, Origin, std::less<>>& origins) {
  Value::Map shown;
  for (const auto& [key, origin] : origins)
    shown[key] = Value::Map{{"source", origin.source}, {"confidence", origin.confidence}};
  return shown;
}

/// Open matters, the one that is due first before others.
Value shown_matters(const Customer& customer, WallTime now) {
  std::vector<const Matter*> open;
  for (const Matter& matter : customer.matters)
    if (!matter.closed) open.push_back(&matter);
  std::stable_sort(open.begin(), open.end(), [](const Matter* a, const Matter* b) {
    return a->due.value_or(WallTime::max()) < b->due.value_or(WallTime::max());
  });
  Value::List matters;
  for (const Matter* matter : open) {
    Value::Map shown{{"id", matter->id}, {"title", matter->title}, {"owner", matter->owner}};
    if (matter->due) shown["due"] = to_string(*matter->due);
    if (matter->due && *matter->due < now) shown["late"] = true;
    matters.emplace_back(std::move(shown));
  }
  return matters;
}

/// The newest first.
Value shown_notes(const Customer& customer) {
  constexpr std::size_t most = 3;
  Value::List notes;
  for (auto note = customer.notes.rbegin(); note != customer.notes.rend() && notes.size() < most; ++note)
    notes.push_back(Value::Map{{"at", to_string(note->at)}, {"by", note->by}, {"text", note->text}});
  return notes;
}

void add_folder(Value::Map& pop, const Customer& customer, WallTime now) {
  pop["customer"] = customer.id;
  if (!customer.name.empty()) pop["name"] = customer.name;
  pop["indicators"] = customer.indicators;
  if (customer.provisional) pop["provisional"] = true;
  if (!customer.profile.empty()) pop["profile"] = customer.profile;
  if (!customer.attributes.empty()) pop["attributes"] = customer.attributes;
  if (!customer.prefers.agent.empty()) pop["prefers"] = customer.prefers.agent;
  if (!customer.matters.empty()) pop["matters"] = shown_matters(customer, now);
  if (!customer.notes.empty()) pop["notes"] = shown_notes(customer);
}

}  // namespace

Contact::Impl::Impl(std::shared_ptr<Services> owner, Channel channel, Address from, Address to)
    : services(std::move(owner)),
      id(services->loop.new_id()),
      channel(channel),
      from(std::move(from)),
      to(std::move(to)),
      arrived(services->loop.wall_time()),
      began(services->loop.now()),
      language(services->options.language) {
  customer.contact = this;
}

Value Contact::Impl::pop() const {
  Value::Map pop = make_facts("collected", customer.collected, "from", customer_address().uri, "history",
                              shown_history(customer.history), "language", language, "name",
                              customer_address().name, "reason", reason, "to", outgoing ? from.uri : to.uri,
                              "verification", to_string(verification), "waited", seconds(waited));
  if (!customer.suggestion.empty()) pop["suggestion"] = customer.suggestion;
  if (!customer.origins.empty()) pop["origins"] = shown_origins(customer.origins);
  if (customer.customer) add_folder(pop, *customer.customer, services->loop.wall_time());
  return pop;
}

ContactRecord Contact::Impl::record() const {
  ContactRecord record;
  record.id = id;
  record.customer = customer.customer ? customer.customer->id : "";
  record.channel = to_string(channel);
  record.from = from.uri;
  record.to = to.uri;
  record.began = arrived;
  record.length = length.value_or(services->loop.now() - began);
  record.waited = waited;
  record.talked = talked;
  record.held = held;
  record.legs = legs;
  std::sort(record.legs.begin(), record.legs.end(),
            [](const LegRecord& a, const LegRecord& b) { return a.number < b.number; });
  record.queue = queue;
  record.agent = agent;
  record.reason = reason;
  record.outcome = outcome ? to_string(*outcome) : "";
  record.recordings = recordings;
  record.attributes = customer.collected;
  record.direction = outgoing ? "out" : "in";
  if (recording_consent)
    record.attributes.insert_or_assign("recording_consent", *recording_consent ? "given" : "refused");
  if (!disposition.empty()) record.attributes.insert_or_assign("disposition", disposition);
  if (!disposition_note.empty()) record.attributes.insert_or_assign("disposition_note", disposition_note);
  return record;
}

Outcome Contact::Impl::judge(bool dialogue_ended) const {
  if (!error.empty()) return Outcome::failed;
  if (turned_away) return Outcome::refused;
  if (transferred) return Outcome::transferred;
  if (served) return Outcome::served;
  if (abandoned) return Outcome::abandoned;
  if (told_closed) return Outcome::closed;
  if (settled) return Outcome::self_served;
  if (interrupted) return Outcome::interrupted;
  if (!answered) return outgoing ? Outcome::unreached : Outcome::refused;
  if (unserved) return Outcome::unserved;
  return dialogue_ended ? Outcome::self_served : Outcome::left;
}

ContactRecord Contact::Impl::close(bool dialogue_ended, Cause cause) {
  length = services->loop.now() - began;
  outcome = judge(dialogue_ended);
  Value::List files(recordings.begin(), recordings.end());
  append(events::contact_closed,
         make_facts("agent", agent, "cause", to_string(cause), "error", error, "held", seconds(held),
                    "length", seconds(*length), "outcome", to_string(*outcome), "queue", queue, "recordings",
                    std::move(files), "talked", seconds(talked), "waited", seconds(waited)));
  return record();
}

void Contact::Impl::dispose(const std::string& by_queue, const std::string& by_agent, const std::string& code,
                            std::string note, const std::string& cause, const std::string& actor) {
  append(events::contact_disposed, {{"queue", by_queue},
                                    {"agent", by_agent},
                                    {"code", code},
                                    {"note", note},
                                    {"cause", cause},
                                    {"actor", actor}});
  disposition = code;
  disposition_note = std::move(note);
  if (outcome && services->open) services->background.spawn(keep(shared_from_this(), record()));
}

void Contact::Impl::leave() {
  if (outcome || leaving) return;
  leaving = true;
  waiters.end();
  if (serving == 0) conclude();
}

void Contact::Impl::conclude() {
  if (outcome || !services->open) return;
  const auto self = shared_from_this();
  ContactRecord record = close(false, Cause::normal);
  services->contacts.erase(id);
  services->background.spawn(keep(self, std::move(record)));
}

const std::string& Contact::id() const { return impl_->id; }
Channel Contact::channel() const { return impl_->channel; }
bool Contact::outgoing() const { return impl_->outgoing; }
const Address& Contact::from() const { return impl_->from; }
const Address& Contact::to() const { return impl_->to; }
WallTime Contact::arrived() const { return impl_->arrived; }
CustomerContext Contact::customer() const { return impl_->context(); }
const std::string& Contact::reason() const { return impl_->reason; }
Verification Contact::verification() const { return impl_->verification; }
const std::string& Contact::language() const { return impl_->language; }
std::optional<bool> Contact::recording_consent() const { return impl_->recording_consent; }
bool Contact::closed() const { return impl_->outcome.has_value(); }

Outcome Contact::outcome() const {
  VCSR_ASSERT(impl_->outcome);
  return *impl_->outcome;
}

void Contact::close() {
  if (!impl_->without_call)
    throw Error(Error::Code::refused, "contact " + impl_->id + " is a call's: hang the call up instead");
  // Called off, also before its time has come.
  if (impl_->callback) impl_->abandoned = true;
  impl_->leave();
}

void Contact::set_reason(Reason reason) {
  if (!impl_->writable()) return;
  impl_->reason = std::move(reason.text);
  impl_->append(events::contact_reason, {{"reason", impl_->reason}});
}

void Contact::set_verification(Verification verification) {
  if (!impl_->writable()) return;
  impl_->verification = verification;
  impl_->append(events::contact_verified, {{"verification", to_string(verification)}});
}

void Contact::set_language(std::string language) {
  if (!impl_->writable() || language == impl_->language) return;
  impl_->language = std::move(language);
  impl_->append(events::contact_language, {{"language", impl_->language}});
}

void Contact::set_recording_consent(bool given, std::string how) {
  if (!impl_->writable()) return;
  impl_->recording_consent = given;
  impl_->append(events::contact_consent, {{"to", "recording"}, {"given", given}, {"how", std::move(how)}});
  if (given) return;
  for (Call::Impl* call : impl_->services->open_calls)
    if (call->contact == impl_) return withdraw_recording(*call);
}

void Contact::require(Requirement requirement) {
  if (!impl_->writable()) return;
  impl_->required = std::move(requirement);
  impl_->append(events::contact_required, {{"requirement", impl_->required.text()}});
}

void Contact::prefer_agent(std::string id, Duration for_so_long) {
  if (!impl_->writable()) return;
  impl_->preferred_agent = std::move(id);
  impl_->preferred_for = for_so_long;
  impl_->append(events::contact_prefers,
                {{"agent", impl_->preferred_agent}, {"lasts", seconds(for_so_long)}});
}

void Contact::settle(std::string_view what) {
  if (!impl_->writable()) return;
  impl_->settled = true;
  impl_->append(events::contact_settled, {{"what", what}});
}

}  // namespace vcsr
