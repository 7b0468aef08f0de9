// SPDX-License-Identifier: Apache-2.0
#include "store/customers/customer_facts.hpp"

#include <utility>

#include "base/facts.hpp"

namespace vcsr {

namespace {

std::int64_t count(WallTime time) { return time.time_since_epoch().count(); }
std::int64_t count(Duration duration) { return duration.count(); }
WallTime time_in(const Facts& facts, std::string_view name) {
  return WallTime(Duration(number_in(facts, name)));
}
std::optional<WallTime> time_if(const Facts& facts, std::string_view name) {
  std::optional<WallTime> time;
  if (facts.contains(name)) time = time_in(facts, name);
  return time;
}
bool bool_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  return found != facts.end() && found->second == Value(true);
}
double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

void put(Facts& facts, const char* name, const std::string& text) {
  if (!text.empty()) facts.emplace(name, text);
}
void put(Facts& facts, const char* name, Facts map) {
  if (!map.empty()) facts.emplace(name, std::move(map));
}
void put(Facts& facts, const char* name, const std::optional<WallTime>& time) {
  if (time) facts.emplace(name, count(*time));
}

Facts map_in(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  const Facts* const map = found == facts.end() ? nullptr : found->second.get_if<Facts>();
  return map ? *map : Facts();
}

/// The items of a list that are maps, each as `make` reads it.
template <class Item>
std::vector<Item> items_in(const Facts& facts, std::string_view name, Item (*make)(const Facts&)) {
  std::vector<Item> items;
  const auto found = facts.find(name);
  const auto* list = found == facts.end() ? nullptr : found->second.get_if<Value::List>();
  if (!list) return items;
  for (const Value& value : *list)
    if (const Facts* map = value.get_if<Facts>()) items.push_back(make(*map));
  return items;
}

template <class Item>
void put(Facts& facts, const char* name, const std::vector<Item>& items, Facts (*make)(const Item&)) {
  Value::List list;
  for (const Item& item : items) list.emplace_back(make(item));
  if (!list.empty()) facts.emplace(name, std::move(list));
}

Facts of(const Identity& identity) { return {{"kind", identity.kind}, {"value", identity.value}}; }
Identity identity_of(const Facts& facts) { return {text_in(facts, "kind"), text_in(facts, "value")}; }

Facts of(const Consent& consent) {
  return {{"purpose", consent.purpose},
          {"given", consent.given},
          {"at", count(consent.at)},
          {"how", consent.how}};
}
Consent consent_of(const Facts& facts) {
  return {text_in(facts, "purpose"), bool_in(facts, "given"), time_in(facts, "at"), text_in(facts, "how")};
}

Facts of(const CustomerNote& note) { return {{"at", count(note.at)}, {"by", note.by}, {"text", note.text}}; }
CustomerNote note_of(const Facts& facts) {
  return {time_in(facts, "at"), text_in(facts, "by"), text_in(facts, "text")};
}

Facts of(const Matter& matter) {
  Facts facts{{"id", matter.id}, {"title", matter.title}, {"opened", count(matter.opened)}};
  put(facts, "due", matter.due);
  put(facts, "closed", matter.closed);
  put(facts, "owner", matter.owner);
  put(facts, "contact", matter.contact);
  put(facts, "result", matter.result);
  put(facts, "details", matter.details);
  return facts;
}
Matter matter_of(const Facts& facts) {
  return {.id = text_in(facts, "id"),
          .title = text_in(facts, "title"),
          .opened = time_in(facts, "opened"),
          .due = time_if(facts, "due"),
          .closed = time_if(facts, "closed"),
          .owner = text_in(facts, "owner"),
          .contact = text_in(facts, "contact"),
          .result = text_in(facts, "result"),
          .details = map_in(facts, "details")};
}

Facts of(const Preferences& preferences) {
  Facts facts;
  put(facts, "agent", preferences.agent);
  put(facts, "channel", preferences.channel);
  if (!preferences.times.empty())
    facts.emplace("times", Value::List(preferences.times.begin(), preferences.times.end()));
  return facts;
}
Preferences preferences_of(const Facts& facts) {
  const auto times = facts.find("times");
  return {text_in(facts, "agent"), text_in(facts, "channel"),
          times == facts.end() ? std::vector<std::string>() : texts_of(times->second)};
}

Value leg_value(const LegRecord& leg) {
  return Value::Map{{"leg", leg.number},
                    {"role", leg.role},
                    {"party", leg.party},
                    {"agent", leg.agent},
                    {"cause", leg.cause},
                    {"offered", count(leg.offered)},
                    {"answered", leg.answered ? Value(count(*leg.answered)) : Value()},
                    {"ended", count(leg.ended)},
                    {"rang", count(leg.rang)},
                    {"talked", count(leg.talked)},
                    {"held", count(leg.held)},
                    {"beside", count(leg.beside)}};
}

LegRecord leg_of(const Facts& facts) {
  LegRecord leg{.number = static_cast<int>(number_in(facts, "leg")),
                .role = text_in(facts, "role"),
                .party = text_in(facts, "party"),
                .agent = text_in(facts, "agent"),
                .offered = time_in(facts, "offered"),
                .ended = time_in(facts, "ended"),
                .rang = Duration(number_in(facts, "rang")),
                .talked = Duration(number_in(facts, "talked")),
                .held = Duration(number_in(facts, "held")),
                .beside = Duration(number_in(facts, "beside")),
                .cause = text_in(facts, "cause")};
  if (!text_in(facts, "answered").empty()) leg.answered = time_in(facts, "answered");
  return leg;
}

}  // namespace

Facts facts_of(const Customer& customer) {
  Facts facts{{"id", customer.id}, {"name", customer.name}};
  put(facts, "language", customer.language);
  put(facts, "identities", customer.identities, of);
  put(facts, "indicators", customer.indicators);
  put(facts, "profile", customer.profile);
  put(facts, "attributes", customer.attributes);
  put(facts, "prefers", of(customer.prefers));
  put(facts, "consents", customer.consents, of);
  put(facts, "notes", customer.notes, of);
  put(facts, "matters", customer.matters, of);
  if (customer.provisional) facts.emplace("provisional", true);
  return facts;
}

Customer customer_of(const Facts& facts) {
  return {.id = text_in(facts, "id"),
          .name = text_in(facts, "name"),
          .language = text_in(facts, "language"),
          .identities = items_in(facts, "identities", identity_of),
          .indicators = map_in(facts, "indicators"),
          .profile = map_in(facts, "profile"),
          .attributes = map_in(facts, "attributes"),
          .prefers = preferences_of(map_in(facts, "prefers")),
          .consents = items_in(facts, "consents", consent_of),
          .notes = items_in(facts, "notes", note_of),
          .matters = items_in(facts, "matters", matter_of),
          .provisional = bool_in(facts, "provisional")};
}

Value legs_value(const std::vector<LegRecord>& legs) {
  Value::List list;
  for (const LegRecord& leg : legs) list.push_back(leg_value(leg));
  return list;
}

std::vector<LegRecord> legs_of(const Value& value) {
  std::vector<LegRecord> legs;
  if (const auto* list = value.get_if<Value::List>()) {
    for (const Value& item : *list)
      if (const auto* facts = item.get_if<Facts>()) legs.push_back(leg_of(*facts));
  }
  return legs;
}

std::vector<std::string> texts_of(const Value& value) {
  std::vector<std::string> texts;
  if (const auto* list = value.get_if<Value::List>())
    for (const Value& item : *list) texts.push_back(item.text());
  return texts;
}

Facts facts_of(const ContactRecord& record) {
  return {{"id", record.id},
          {"customer", record.customer},
          {"channel", record.channel},
          {"direction", record.direction},
          {"from", record.from},
          {"to", record.to},
          {"began", to_string(record.began)},
          {"length", seconds(record.length)},
          {"waited", seconds(record.waited)},
          {"talked", seconds(record.talked)},
          {"held", seconds(record.held)},
          {"queue", record.queue},
          {"agent", record.agent},
          {"reason", record.reason},
          {"outcome", record.outcome},
          {"recordings", Value::List(record.recordings.begin(), record.recordings.end())},
          {"attributes", record.attributes}};
}

}  // namespace vcsr
