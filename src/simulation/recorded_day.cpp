// SPDX-License-Identifier: Apache-2.0
#include "simulation/recorded_day.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/facts.hpp"
#include "simulation/simulated_day.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view arrived = events::contact_arrived, queued = events::contact_queued,
                           left = events::contact_left_queue, disconnected = events::contact_disconnected,
                           closed = events::contact_closed, agent_state = events::agent_state;

std::string date_of(WallTime local) { return to_string(local).substr(0, 10); }

std::string names_of(const Scenario& scenario) {
  std::string names;
  for (const QueueOptions& queue : scenario.queues) names += (names.empty() ? "" : ", ") + queue.name;
  return names.empty() ? "none" : names;
}

bool served(const Scenario& scenario, const std::string& queue) {
  return std::any_of(scenario.agents.begin(), scenario.agents.end(), [&queue](const AgentGroup& group) {
    return std::find(group.queues.begin(), group.queues.end(), queue) != group.queues.end();
  });
}

}  // namespace

RecordedDay::RecordedDay(const Scenario& scenario, std::string document, std::string day)
    : scenario_(scenario),
      document_(std::move(document)),
      chosen_(!day.empty()),
      zone_(TimeZone::named(scenario.zone)),
      figures_(figure_options(scenario)) {
  if (chosen_) choose_day(day);
}

void RecordedDay::refuse(const JournalEntry& entry, const std::string& why) const {
  throw Error(Error::Code::invalid, Place{document_, 0, "entry " + std::to_string(entry.number)}, why);
}

void RecordedDay::choose_day(const std::string& date) {
  WallTime midnight{};
  try {
    midnight = parse_wall_time(date + "T00:00:00.000Z");
  } catch (const Error&) {
    throw Error(Error::Code::invalid, "--day: expected a date such as 2026-11-22, got \"" + date + "\"");
  }
  day_ = date;
  begins_ = zone_.absolute(midnight, TimeZone::Twice::first);
  ends_ = zone_.absolute(midnight + 24h, TimeZone::Twice::first);
  for (const JournalEntry& entry : std::exchange(early_, {})) change_agent(entry);
}

void RecordedDay::change_agent(const JournalEntry& entry) {
  if (day_.empty()) early_.push_back(entry);
  else if (entry.at < begins_) agents_[entry.subject] = entry;
  else if (entry.at < ends_) count(entry);
}

/// Whether the contact is one of the day; the first who comes into a queue tells which day it is.
bool RecordedDay::counts(const JournalEntry& entry) {
  const auto found = open_.find(entry.subject);
  const bool waits = found != open_.end() && found->second.waits;
  if (entry.type != queued && (entry.type != left || waits))
    return found != open_.end() && found->second.visits;
  const std::string date = date_of(zone_.local(entry.at));
  if (chosen_ && date != day_) return false;
  if (day_.empty()) choose_day(date);
  if (date != day_)
    refuse(entry, "the journal is of more than one day: choose with --day " + day_ + " or --day " + date);
  return true;
}

void RecordedDay::apply(const JournalEntry& entry) {
  if (entry.type == agent_state) return change_agent(entry);
  if (entry.type == arrived)
    open_[entry.subject].channel = channel_named(view_in(entry.data, "channel")).value_or(Channel::voice);
  if (!entry.type.starts_with("contact.")) return;
  if (!counts(entry)) {
    if (entry.type == closed) open_.erase(entry.subject);
    return;
  }
  count(entry);
  if (entry.type == queued) come(entry);
  else if (entry.type == left) leave(entry);
  else if (entry.type == disconnected) talk(entry);
}

void RecordedDay::count(const JournalEntry& entry) {
  for (const auto& [agent, state] : std::exchange(agents_, {})) count(state, begins_);
  count(entry, entry.at);
}

void RecordedDay::count(JournalEntry entry, WallTime at) {
  entry.at = simulated_midnight() + (at - begins_);
  last_ = entry.at;
  figures_.apply(entry);
}

void RecordedDay::come(const JournalEntry& entry) {
  const std::string queue = text_in(entry.data, "queue");
  const bool known = std::any_of(scenario_.queues.begin(), scenario_.queues.end(),
                                 [&queue](const QueueOptions& options) { return options.name == queue; });
  if (!known)
    refuse(entry, "contacts came into the queue \"" + queue + "\", which the scenario lacks; it has: " +
                      names_of(scenario_) + ". Add [[queue]] with name = \"" + queue + "\"");
  if (!served(scenario_, queue))
    refuse(entry, "contacts came into the queue \"" + queue +
                      "\", which nobody serves in the scenario: add [[agents]] with it");
  Open& contact = open_[entry.subject];
  const auto priority = static_cast<int>(number_in(entry.data, "priority"));
  contact.visits = &visits_[{queue, contact.channel, priority}];
  contact.index = contact.visits->size();
  contact.visits->push_back({.at = entry.at - begins_});
  contact.waits = true;
}

void RecordedDay::leave(const JournalEntry& entry) {
  // Who was refused had not come in.
  if (!open_[entry.subject].waits) come(entry);
  Open& contact = open_[entry.subject];
  contact.waits = false;
  RecordedVisit& visit = (*contact.visits)[contact.index];
  visit.waited = duration_in(entry.data, "waited");
  visit.gave_up = view_in(entry.data, "result") == "abandoned";
}

void RecordedDay::talk(const JournalEntry& entry) {
  const Open& contact = open_[entry.subject];
  if (!contact.visits || view_in(entry.data, "agent").empty()) return;
  std::optional<Duration>& talk = (*contact.visits)[contact.index].talk;
  talk = talk.value_or(Duration()) + duration_in(entry.data, "talked") + duration_in(entry.data, "held");
}

/// What the record does not tell of some is learned from the others of the queue, or else as the scenario
/// says of it.
void RecordedDay::complete(ContactStream& stream) const {
  std::vector<std::pair<Duration, bool>> waits;
  stream.handling.shape = Distribution::Shape::empirical;
  for (const auto& [kind, visits] : visits_) {
    if (std::get<0>(kind) != stream.queue || std::get<1>(kind) != stream.channel) continue;
    for (const RecordedVisit& visit : visits) {
      waits.emplace_back(visit.waited, visit.gave_up);
      if (visit.talk) stream.handling.samples.push_back(*visit.talk);
    }
  }
  stream.endurance = Endurance(std::move(waits));
  for (const ContactStream& said : scenario_.contacts) {
    if (said.queue != stream.queue) continue;
    stream.limit = said.limit;
    stream.requirement = said.requirement;
    const bool known = said.handling.mean > Duration::zero() || !said.handling.samples.empty();
    if (stream.handling.samples.empty() && known) stream.handling = said.handling;
  }
  if (stream.handling.shape == Distribution::Shape::empirical && stream.handling.samples.empty())
    throw Error(Error::Code::invalid, Place{document_, 0, ""},
                "nobody talked with those who came into the queue \"" + stream.queue +
                    "\", so that their handling time is unknown: add [[contacts]] with queue and handling");
}

Scenario RecordedDay::again() const {
  if (visits_.empty())
    throw Error(Error::Code::invalid, Place{document_, 0, ""},
                chosen_ ? "nobody came into a queue on " + day_ + ": choose another --day"
                        : "nobody came into a queue: it is no journal of a center's day");
  Scenario scenario = scenario_;
  scenario.contacts.clear();
  scenario.begins = 24h;
  scenario.ends = {};
  for (const auto& [kind, visits] : visits_) {
    ContactStream stream;
    std::tie(stream.queue, stream.channel, stream.priority) = kind;
    stream.recorded = visits;
    complete(stream);
    scenario.begins = std::min(scenario.begins, visits.front().at);
    scenario.ends = std::max(scenario.ends, visits.back().at + 1us);
    scenario.contacts.push_back(std::move(stream));
  }
  return scenario;
}

KeyFigures RecordedDay::figures() {
  figures_.advance(last_);
  return std::move(figures_);
}

}  // namespace vcsr
