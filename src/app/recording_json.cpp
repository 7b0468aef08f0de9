// SPDX-License-Identifier: Apache-2.0
#include "app/recording_json.hpp"

namespace vcsr {

Value value_of(const ArchivedRecording& recording) {
  const RecordingDescription& facts = recording.facts;
  const auto seconds = [](Duration time) { return std::chrono::duration<double>(time).count(); };
  Value::List notes;
  for (const RecordingNote& note : recording.notes)
    notes.push_back(Value::Map{{"at", to_string(note.at)}, {"by", note.by}, {"text", note.text}});
  return Value::Map{{"id", facts.id},
                    {"number", recording.number},
                    {"state", to_string(recording.state)},
                    {"file", facts.file},
                    {"contact", facts.contact},
                    {"from", facts.from},
                    {"to", facts.to},
                    {"agent", facts.agent},
                    {"queue", facts.queue},
                    {"reason", facts.reason},
                    {"label", facts.label},
                    {"began", to_string(facts.began)},
                    {"length", seconds(facts.length)},
                    {"paused", seconds(facts.paused)},
                    {"lost", seconds(facts.lost)},
                    {"error", facts.error},
                    {"bytes", recording.bytes},
                    {"key", recording.key},
                    {"hold", recording.hold},
                    {"notes", std::move(notes)}};
}

}  // namespace vcsr
