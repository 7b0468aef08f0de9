// SPDX-License-Identifier: Apache-2.0
#include "core/record_fold.hpp"

#include <algorithm>
#include <utility>

#include "base/facts.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/parties.hpp"

namespace vcsr {

namespace {

using Apply = void (*)(ContactRecord& record, const JournalEntry& entry);

Value value_in(const Facts& data) {
  const auto found = data.find("value");
  return found == data.end() ? Value() : found->second;
}

bool is(const Facts& data, const char* name) {
  const auto found = data.find(name);
  return found != data.end() && found->second == Value(true);
}

LegRecord leg_of(const JournalEntry& entry) {
  const Facts& data = entry.data;
  LegRecord leg;
  leg.number = static_cast<int>(number_in(data, "leg"));
  leg.role = text_in(data, "role");
  leg.party = text_in(data, "party");
  leg.agent = text_in(data, "agent");
  leg.cause = text_in(data, "cause");
  leg.rang = duration_in(data, "rang");
  leg.talked = duration_in(data, "talked");
  leg.held = duration_in(data, "held");
  leg.beside = duration_in(data, "beside");
  leg.ended = entry.at;
  leg.offered = leg.ended - leg.rang - leg.talked - leg.held - leg.beside;
  if (is(data, "answered")) leg.answered = leg.offered + leg.rang;
  return leg;
}

void end_leg(ContactRecord& record, const JournalEntry& entry) {
  const LegRecord ended = leg_of(entry);
  const auto later = std::find_if(record.legs.begin(), record.legs.end(),
                                  [&](const LegRecord& leg) { return leg.number > ended.number; });
  record.legs.insert(later, ended);
  if (ended.number == Parties::customer) return;
  record.talked += ended.talked;
  record.held += ended.held;
}

void close(ContactRecord& record, const JournalEntry& entry) {
  const Facts& data = entry.data;
  record.outcome = text_in(data, "outcome");
  record.length = duration_in(data, "length");
  record.waited = duration_in(data, "waited");
  record.talked = duration_in(data, "talked");
  record.held = duration_in(data, "held");
  record.queue = text_in(data, "queue");
  record.agent = text_in(data, "agent");
  record.recordings.clear();
  const auto recordings = data.find("recordings");
  const auto* files = recordings == data.end() ? nullptr : recordings->second.get_if<Value::List>();
  if (!files) return;
  for (const Value& file : *files) record.recordings.push_back(file.text());
}

// A handful of types, asked in the order of how often they come.
constexpr std::pair<const char*, Apply> steps[] = {
    {events::leg_ended, end_leg},
    {events::contact_closed, close},
    {events::contact_connected,
     [](ContactRecord& record, const JournalEntry& entry) { record.agent = text_in(entry.data, "agent"); }},
    {events::contact_queued,
     [](ContactRecord& record, const JournalEntry& entry) { record.queue = text_in(entry.data, "queue"); }},
    {events::contact_left_queue,
     [](ContactRecord& record, const JournalEntry& entry) {
       record.waited += duration_in(entry.data, "waited");
     }},
    {events::contact_identified,
     [](ContactRecord& record, const JournalEntry& entry) {
       record.customer = text_in(entry.data, "customer");
     }},
    {events::contact_reason,
     [](ContactRecord& record, const JournalEntry& entry) { record.reason = text_in(entry.data, "reason"); }},
    {events::contact_collected,
     [](ContactRecord& record, const JournalEntry& entry) {
       record.attributes[text_in(entry.data, "key")] = value_in(entry.data);
     }},
    {events::contact_consent,
     [](ContactRecord& record, const JournalEntry& entry) {
       record.attributes["recording_consent"] = is(entry.data, "given") ? "given" : "refused";
     }},
    {events::contact_disposed,
     [](ContactRecord& record, const JournalEntry& entry) { note_disposition(record, entry.data); }},
};

}  // namespace

void note_disposition(ContactRecord& record, const Facts& said) {
  record.attributes["disposition"] = text_in(said, "code");
  const std::string note = text_in(said, "note");
  if (note.empty()) record.attributes.erase("disposition_note");
  else record.attributes["disposition_note"] = note;
}

ContactRecord* RecordFold::apply(const JournalEntry& entry) {
  if (!closed_.empty()) open_.erase(std::exchange(closed_, {}));
  if (entry.type == events::contact_arrived) return &arrive(entry);
  const auto found = open_.find(entry.subject);
  if (found == open_.end()) return nullptr;
  ContactRecord& record = found->second;
  record.length = entry.at - record.began;
  for (const auto& [type, step] : steps)
    if (entry.type == type) step(record, entry);
  if (entry.type == events::contact_closed) closed_ = entry.subject;
  return &record;
}

std::map<std::string, ContactRecord> RecordFold::take() {
  open_.erase(closed_);
  return std::move(open_);
}

ContactRecord& RecordFold::arrive(const JournalEntry& entry) {
  ContactRecord record;
  record.id = entry.subject;
  record.channel = text_in(entry.data, "channel");
  record.from = text_in(entry.data, "from");
  record.to = text_in(entry.data, "to");
  record.direction = text_in(entry.data, "direction");
  record.began = entry.at;
  return open_.insert_or_assign(entry.subject, std::move(record)).first->second;
}

}  // namespace vcsr
