// SPDX-License-Identifier: Apache-2.0
#include "recording/story.hpp"

#include <string_view>

#include "recording/manifest.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr::recording {

namespace {

void learn(RecordingDescription& known, const JournalEntry& entry) {
  const Facts& data = entry.data;
  const std::string_view type = entry.type;
  if (type == events::contact_arrived) {
    known.from = text_in(data, "from");
    known.to = text_in(data, "to");
  } else if (type == events::contact_reason) {
    known.reason = text_in(data, "reason");
  } else if (type == events::contact_queued) {
    known.queue = text_in(data, "queue");
  } else if (type == events::recording_decided) {
    known.label = text_in(data, "rule");
  } else if (type == events::contact_connected && !text_in(data, "agent").empty()) {
    known.agent = text_in(data, "agent");
  }
}

/// What a contact learned while it was recorded goes before what was known when that began.
void add_known(RecordingDescription& recording, const RecordingDescription& known) {
  recording.from = known.from;
  recording.to = known.to;
  recording.queue = known.queue;
  recording.agent = known.agent;
  recording.reason = known.reason;
}

}  // namespace

RecordingDescription Story::apply(const JournalEntry& entry) {
  last_ = entry.number;
  const std::string_view type = entry.type;
  if (!type.starts_with("contact.") && !type.starts_with("recording.")) return {};
  if (type == events::recording_ledger) return {};
  if (type == events::contact_arrived) {
    contacts_[entry.subject].first = entry.number;
    first_.insert(entry.number);
  }
  const auto found = contacts_.find(entry.subject);
  if (found == contacts_.end()) return {};
  Contact& contact = found->second;
  learn(contact.known, entry);
  if (type == events::recording_started) {
    RecordingDescription& recording = contact.running[text_in(entry.data, "recording")];
    recording.id = text_in(entry.data, "recording");
    recording.file = text_in(entry.data, "file");
    recording.contact = entry.subject;
    recording.label = contact.known.label;
    recording.began = entry.at;
  } else if (type == events::recording_withdrawn && entry.data.at("kept") == Value(false)) {
    contact.running.erase(text_in(entry.data, "recording"));
  } else if (type == events::recording_finished) {
    return finished(contact, entry.data);
  } else if (type == events::contact_closed && contact.running.empty()) {
    first_.erase(contact.first);
    contacts_.erase(found);
  }
  return {};
}

RecordingDescription Story::finished(Contact& contact, const Facts& data) {
  const auto found = contact.running.find(text_in(data, "recording"));
  if (found == contact.running.end()) return {};
  RecordingDescription recording = std::move(found->second);
  contact.running.erase(found);
  add_known(recording, contact.known);
  recording.length = duration_in(data, "length");
  recording.paused = duration_in(data, "paused");
  recording.lost = duration_in(data, "lost");
  recording.error = text_in(data, "error");
  if (const auto gaps = data.find("gaps"); gaps != data.end())
    if (const auto* list = gaps->second.get_if<Value::List>()) recording.gaps = *list;
  const bool unmade = data.contains("file") && text_in(data, "file").empty();
  if (unmade || recording.file.empty()) return {};
  return recording;
}

std::vector<RecordingDescription> Story::unfinished() {
  std::vector<RecordingDescription> left;
  for (auto& [id, contact] : contacts_) {
    for (auto& [recording_id, recording] : contact.running) {
      if (recording.file.empty()) continue;
      add_known(recording, contact.known);
      recording.error = "the program ended while it was recorded";
      left.push_back(std::move(recording));
    }
    contact.running.clear();
  }
  return left;
}

std::uint64_t Story::done() const { return first_.empty() ? last_ : *first_.begin() - 1; }

}  // namespace vcsr::recording
