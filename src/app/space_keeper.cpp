// SPDX-License-Identifier: Apache-2.0
#include "app/space_keeper.hpp"

#include <algorithm>
#include <utility>

#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// As often as the archive looks at its disk, and how long that may take.
constexpr Duration look_every = std::chrono::seconds(5), looking = std::chrono::milliseconds(100);

std::string text_in(const JournalEntry& entry, const char* name) {
  const auto found = entry.data.find(name);
  return found == entry.data.end() ? "" : found->second.text();
}

}  // namespace

SpaceKeeper::SpaceKeeper(Loop& loop, Archive& archive, Center& center, Journal& journal,
                         std::vector<std::string> by_value)
    : loop_(loop), archive_(archive), center_(center), journal_(journal), by_value_(std::move(by_value)) {
  following_ = journal.follow(journal.last() + 1, [this](const JournalEntry& entry) { apply(entry); });
  look_later();
}

SpaceKeeper::~SpaceKeeper() { loop_.cancel(timer_); }

void SpaceKeeper::apply(const JournalEntry& entry) {
  if (entry.type == events::recording_decided) {
    rules_[entry.subject] = text_in(entry, "rule");
  } else if (entry.type == events::recording_started) {
    const auto rule = rules_.find(entry.subject);
    running_[entry.subject] = {.recording = text_in(entry, "recording"),
                               .rule = rule == rules_.end() ? "" : rule->second};
  } else if (entry.type == events::recording_finished) {
    const auto found = running_.find(entry.subject);
    if (found != running_.end() && found->second.recording == text_in(entry, "recording"))
      running_.erase(found);
  } else if (entry.type == events::contact_closed) {
    rules_.erase(entry.subject);
    running_.erase(entry.subject);
  }
}

void SpaceKeeper::look_later() {
  timer_ = loop_.at(loop_.now() + look_every, [this] {
    archive_.space();
    timer_ = loop_.at(loop_.now() + looking, [this] {
      look_later();
      look();
    });
  });
}

void SpaceKeeper::look() {
  const DiskSpace space = archive_.space();
  if (std::exchange(told_, space) != space)
    journal_.append(events::recording_space, "",
                    {{"space", to_string(space)}, {"trouble", archive_.trouble()}});
  if (space == DiskSpace::critical) end_least();
}

void SpaceKeeper::end_least() {
  for (const std::string& rule : by_value_)
    if (end_those_of(rule)) return;
}

bool SpaceKeeper::end_those_of(const std::string& rule) {
  bool any = false;
  for (const auto& [contact, running] : running_) {
    if (running.rule != rule) continue;
    const std::optional<Call> call = center_.find_call(contact);
    std::optional<Recorder> recorder = call ? call->recorder() : std::nullopt;
    if (!recorder || recorder->id() != running.recording) continue;
    any = true;
    journal_.append(events::recording_ended_for_space, contact,
                    {{"recording", running.recording}, {"rule", rule}, {"reason", archive_.trouble()}});
    recorder->stop_soon();
  }
  return any;
}

std::vector<std::string> rules_by_value(const RecordingPolicy& policy, const DiskLimits& limits) {
  std::vector<std::string> names = limits.dispensable;
  const auto add = [&names](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  add("");
  for (std::size_t number = policy.rules.size(); number > 0; --number) {
    const std::string& name = policy.rules[number - 1].name;
    add(name.empty() ? std::to_string(number) : name);
  }
  return names;
}

}  // namespace vcsr
