// SPDX-License-Identifier: Apache-2.0
#include "tools/recording_lines.hpp"

#include <cstdio>

#include "app/recording_json.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string marks_of(const ArchivedRecording& recording) {
  std::string marks;
  if (recording.state != RecordingState::kept) marks += std::string("  ") + to_string(recording.state);
  if (!recording.hold.empty()) marks += "  held";
  if (!recording.key.empty()) marks += "  encrypted";
  if (!recording.facts.error.empty()) marks += "  incomplete";
  return marks;
}

void add(std::string& page, const char* name, const std::string& text) {
  if (text.empty()) return;
  std::string label = name;
  label.resize(11, ' ');
  page += label + text + "\n";
}

}  // namespace

std::string clock_of(Duration length) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld", static_cast<long long>(seconds / 60),
                static_cast<long long>(seconds % 60));
  return text;
}

std::string line_of(const ArchivedRecording& recording) {
  const RecordingDescription& facts = recording.facts;
  return to_string(facts.began) + "  " + clock_of(facts.length) + "  " + dash(facts.from) + "  " +
         dash(facts.to) + "  " + dash(facts.agent) + "  " + dash(facts.queue) + "  " + facts.id +
         marks_of(recording);
}

std::string page_of(const ArchivedRecording& recording) {
  const RecordingDescription& facts = recording.facts;
  std::string page;
  add(page, "recording", facts.id);
  add(page, "state", to_string(recording.state));
  add(page, "file", facts.file);
  add(page, "began", to_string(facts.began));
  add(page, "length", clock_of(facts.length));
  add(page, "bytes", std::to_string(recording.bytes));
  add(page, "from", facts.from);
  add(page, "to", facts.to);
  add(page, "agent", facts.agent);
  add(page, "queue", facts.queue);
  add(page, "reason", facts.reason);
  add(page, "label", facts.label);
  add(page, "contact", facts.contact);
  if (facts.paused != Duration::zero()) add(page, "paused", clock_of(facts.paused));
  if (facts.lost != Duration::zero()) add(page, "lost", clock_of(facts.lost));
  add(page, "error", facts.error);
  add(page, "key", recording.key);
  add(page, "hold", recording.hold);
  if (recording.state == RecordingState::deleted) add(page, "deleted", to_string(recording.deleted));
  for (const RecordingNote& note : recording.notes)
    add(page, "note", to_string(note.at) + "  " + note.by + ": " + note.text);
  return page;
}

std::string json_of(const ArchivedRecording& recording) { return to_json(value_of(recording)); }

std::string line_of(const RecordingUse& use) {
  std::string kind = use.kind;
  if (kind.size() < 9) kind.resize(9, ' ');
  std::string line = to_string(use.at) + "  " + kind + "  " + use.by;
  for (const char* name : {"reason", "to", "key"})
    if (const auto found = use.details.find(name); found != use.details.end())
      line += std::string("  ") + name + "=" + found->second.text();
  return line;
}

WallTime time_of(const std::string& text) {
  constexpr std::string_view whole = "0000-01-01T00:00:00.000Z";
  std::string time = text;
  if (time.ends_with('Z')) time.pop_back();
  if (time.size() >= 10 && time.size() < whole.size()) time += whole.substr(time.size());
  try {
    return parse_wall_time(time);
  } catch (const Error&) {
    throw Error(Error::Code::invalid,
                "expected a time (UTC) such as 2026-11-22 or 2026-11-22T09:30, got " + text);
  }
}

}  // namespace vcsr
