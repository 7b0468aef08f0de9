// SPDX-License-Identifier: Apache-2.0
#include "core/recovery.hpp"

#include <deque>
#include <map>
#include <string>
#include <utility>

#include "base/facts.hpp"
#include "base/named.hpp"
#include "core/agent_impl.hpp"
#include "core/caller_list_impl.hpp"
#include "core/counts_before.hpp"
#include "core/cut_off_before.hpp"
#include "core/mailbox_impl.hpp"
#include "core/record_fold.hpp"
#include "core/waiting_before.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

constexpr std::size_t page = 4096;

/// The records of contacts that are open, and what has become of their recordings.
class OpenContacts {
 public:
  explicit OpenContacts(RecordingMaker& maker) : maker_(maker) {}

  /// The record of the contact that the entry closes; else null.
  const ContactRecord* apply(const JournalEntry& entry) {
    ContactRecord* const record = fold_.apply(entry);
    if (!record) return nullptr;
    const Facts& data = entry.data;
    if (entry.type == events::recording_started && !text_in(data, "file").empty()) {
      running_[entry.subject][text_in(data, "recording")] = {.file = text_in(data, "file"),
                                                             .began = entry.at};
      record->recordings.push_back(maker_.kept_as(text_in(data, "file")));
    }
    if (entry.type == events::recording_withdrawn && data.at("kept") == Value(false))
      running_[entry.subject][text_in(data, "recording")].doomed = true;
    if (entry.type == events::recording_finished) end_recording(*record, data);
    if (entry.type != events::contact_closed) return nullptr;
    running_.erase(entry.subject);
    return record;
  }

  std::map<std::string, ContactRecord> take() { return fold_.take(); }
  /// Takes away what the program was about to remove when it ended, and strikes from the record what it had
  /// not made yet: these recordings, by id.
  std::map<std::string, WallTime> settle(ContactRecord& record) {
    std::map<std::string, WallTime> unmade;
    for (const auto& [id, recording] : running_[record.id]) {
      if (recording.file.empty()) continue;
      const bool made = maker_.holds(recording.file);
      if (made && !recording.doomed) continue;
      if (recording.doomed) maker_.discard(recording.file);
      else unmade[id] = recording.began;
      std::erase(record.recordings, maker_.kept_as(recording.file));
    }
    return unmade;
  }

 private:
  struct Running {
    std::string file;
    WallTime began;
    bool doomed = false;
  };

  void end_recording(ContactRecord& record, const Facts& data) {
    auto& running = running_[record.id];
    const auto found = running.find(text_in(data, "recording"));
    if (found == running.end()) return;
    if (text_in(data, "file").empty()) std::erase(record.recordings, maker_.kept_as(found->second.file));
    running.erase(found);
  }

  RecordingMaker& maker_;
  RecordFold fold_;
  std::map<std::string, std::map<std::string, Running>> running_;  ///< recordings by contact and id
};

/// The records of those who were closed last: nobody waits for them, and the program may have ended before
/// they were kept.
class LastRecords {
 public:
  void apply(WallTime closed, const ContactRecord& record) {
    while (!latest_.empty() && latest_.front().first < closed - unkept_for) latest_.pop_front();
    latest_.emplace_back(closed, record);
  }

  Task<> keep(std::shared_ptr<Services> services) const {
    for (const auto& [closed, record] : latest_) {
      const std::optional<ContactRecord> kept = co_await services->customers.contact(record.id);
      if (!kept) co_await services->customers.keep(record);
    }
  }

 private:
  static constexpr Duration unkept_for = std::chrono::seconds(10);
  std::deque<std::pair<WallTime, ContactRecord>> latest_;
};

AgentState agent_state_of(const std::string& word) {
  return named(word, AgentState::wrap_up).value_or(AgentState::logged_out);
}

/// How agents were, as far as the journal tells.
class AgentsBefore {
 public:
  void apply(const JournalEntry& entry) {
    if (entry.type == events::agent_state) enter(entry);
    if (entry.type == events::agent_choice) seen_[entry.subject].pending = choice_in(entry);
  }

  /// Those who were logged in are so again; what they chose holds.
  void restore(Services& services) const {
    for (const auto& [id, before] : seen_) {
      const auto agent = services.agents.find(id);
      if (agent == services.agents.end()) continue;
      agent->second->restore(before.pending.value_or(before.chosen), before.state,
                             services.on_loop(before.since), services.on_loop(before.logged_in));
    }
  }

 private:
  struct Before {
    AgentState state = AgentState::logged_out;
    AgentChoice chosen = {AgentState::ready, {}};
    std::optional<AgentChoice> pending = {};
    WallTime since{}, logged_in{};
  };

  static std::optional<AgentChoice> choice_in(const JournalEntry& entry) {
    const std::string state = text_in(entry.data, "state");
    if (state.empty()) return std::nullopt;
    return AgentChoice{agent_state_of(state), text_in(entry.data, "reason")};
  }

  void enter(const JournalEntry& entry) {
    Before& before = seen_[entry.subject];
    before.state = agent_state_of(text_in(entry.data, "state"));
    before.since = entry.at;
    if (text_in(entry.data, "before") == "logged_out") before.logged_in = entry.at;
    if (before.state == AgentState::ready || before.state == AgentState::not_ready) {
      before.chosen = {before.state, text_in(entry.data, "reason")};
      before.pending.reset();
    }
    if (before.state == AgentState::logged_out) before = Before();
  }

  std::map<std::string, Before> seen_;
};

void note_unmade(Services& services, const std::string& contact, const std::string& recording,
                 WallTime began) {
  services.append(events::recording_finished, contact,
                  {{"recording", recording},
                   {"file", ""},
                   {"began", to_string(began)},
                   {"length", 0.0},
                   {"paused", 0.0},
                   {"gaps", Value::List()},
                   {"lost", 0.0},
                   {"error", "the program ended before its file was made"}});
}

/// What agents said came of contacts that were closed already: the program may have ended before the record
/// was kept. Those of the last run and this one.
class LateDispositions {
 public:
  void apply(const JournalEntry& entry) {
    if (entry.type == events::center_started) earlier_ = std::exchange(latest_, {});
    if (entry.type == events::contact_disposed) latest_.insert_or_assign(entry.subject, entry.data);
  }

  Task<> keep(std::shared_ptr<Services> services) const {
    std::map<std::string, Facts> all = latest_;
    all.insert(earlier_.begin(), earlier_.end());
    for (const auto& [id, said] : all) {
      std::optional<ContactRecord> record = co_await services->customers.contact(id);
      if (!record || text_in(record->attributes, "disposition") == text_in(said, "code")) continue;
      note_disposition(*record, said);
      co_await services->customers.keep(*record);
    }
  }

 private:
  std::map<std::string, Facts> earlier_, latest_;
};

/// Both are the caller's, who awaits this.
Task<> keep_late(std::shared_ptr<Services> services, const LastRecords& last, const LateDispositions& said) {
  Task<> keeping = last.keep(services);
  co_await std::move(keeping);
  Task<> disposing = said.keep(services);
  co_await std::move(disposing);
}

/// Lists of callers and mailboxes are what the journal says.
void apply_to_lists(Services& services, const JournalEntry& entry) {
  if (entry.type == events::caller_listed || entry.type == events::caller_unlisted) {
    const auto list = services.caller_lists.find(entry.subject);
    if (list != services.caller_lists.end()) list->second->apply(entry);
  }
  if (!entry.type.starts_with("voicemail.")) return;
  const auto mailbox = services.mailboxes.find(text_in(entry.data, "mailbox"));
  if (mailbox != services.mailboxes.end()) mailbox->second->apply(entry);
}

/// What is counted, once: later the queues' own counts are right.
void recall(Services& services, const CountsBefore& counts) {
  if (std::exchange(services.recovered, true)) return;
  counts.restore(services);
  for (const auto& [id, agent] : services.agents)
    services.waits.apply(events::agent_state, id, {{"state", to_string(agent->state)}});
}

}  // namespace

Task<std::size_t> recover_contacts(std::shared_ptr<Services> services) {
  OpenContacts contacts(services->maker());
  AgentsBefore agents;
  WaitingBefore waiting;
  CountsBefore counts(*services);
  CutOffBefore cut_off;
  LastRecords last;
  LateDispositions dispositions;
  std::uint64_t next = 1;
  for (;;) {
    std::vector<JournalEntry> entries = co_await services->journal.read(next, page);
    if (entries.empty()) break;
    for (const JournalEntry& entry : entries) {
      if (const ContactRecord* closed = contacts.apply(entry)) last.apply(entry.at, *closed);
      agents.apply(entry);
      waiting.apply(entry);
      counts.apply(entry);
      cut_off.apply(entry);
      dispositions.apply(entry);
      if (!services->recovered) services->waits.apply(entry.type, entry.subject, entry.data);
      apply_to_lists(*services, entry);
    }
    next = entries.back().number + 1;
  }
  std::map<std::string, ContactRecord> open = contacts.take();
  std::erase_if(open, [&](const auto& entry) { return waiting.has(*services, entry.first); });
  for (const auto& [id, record] : open) counts.cut_off(id);
  recall(*services, counts);
  agents.restore(*services);
  Task<> keeping = keep_late(services, last, dispositions);
  co_await std::move(keeping);
  for (const auto& [name, mailbox] : services->mailboxes) mailbox->notify();
  for (auto& [id, record] : open) {
    record.outcome = to_string(Outcome::interrupted);
    for (const auto& [recording, began] : contacts.settle(record))
      note_unmade(*services, id, recording, began);
    Value::List files(record.recordings.begin(), record.recordings.end());
    services->append(events::contact_closed, id,
                     {{"outcome", record.outcome},
                      {"cause", to_string(Cause::failed)},
                      {"length", seconds(record.length)},
                      {"waited", seconds(record.waited)},
                      {"talked", seconds(record.talked)},
                      {"held", seconds(record.held)},
                      {"queue", record.queue},
                      {"agent", record.agent},
                      {"recordings", std::move(files)},
                      {"error", "the program ended before the contact did"}});
    co_await services->customers.keep(record);
  }
  Task<> resuming = waiting.restore(services);
  co_await std::move(resuming);
  cut_off.restore(services);
  co_return open.size();
}

}  // namespace vcsr
