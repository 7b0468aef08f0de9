// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "calendar/time_zone.hpp"
#include "simulation/scenario.hpp"
#include "vcsr/figures.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// A day as its journal tells it: who came into which queue, how long agents talked with them, and the key
/// figures, so that the day can happen again under other rules.
class RecordedDay {
 public:
  /// `document` names the journal in errors; the scenario outlives it. Only contacts that come on `day`
  /// ("2026-11-22", in the scenario's time zone) count; "": the journal must be of one day.
  RecordedDay(const Scenario& scenario, std::string document, std::string day);

  /// In their order. Throws Error(invalid) naming the entry for what the scenario cannot take.
  void apply(const JournalEntry& entry);
  /// The scenario with those who came. Throws Error(invalid) for a journal from which nothing can be learned.
  Scenario again() const;
  /// The day as it was, moved to simulated_midnight().
  KeyFigures figures();

 private:
  using Kind = std::tuple<std::string, Channel, int>;  ///< queue, channel, priority
  struct Open {
    Channel channel = Channel::voice;
    std::vector<RecordedVisit>* visits = nullptr;  ///< the last one is in this queue…
    std::size_t index = 0;                         ///< …at this place
    bool waits = false;
  };

  [[noreturn]] void refuse(const JournalEntry& entry, const std::string& why) const;
  void choose_day(const std::string& date);
  void change_agent(const JournalEntry& entry);
  bool counts(const JournalEntry& entry);
  void count(const JournalEntry& entry);
  void count(JournalEntry entry, WallTime at);
  void come(const JournalEntry& entry);
  void leave(const JournalEntry& entry);
  void talk(const JournalEntry& entry);
  void complete(ContactStream& stream) const;

  const Scenario& scenario_;
  const std::string document_;
  const bool chosen_;  ///< the day
  const TimeZone zone_;
  KeyFigures figures_;
  std::string day_;             ///< once known
  WallTime begins_{}, ends_{};  ///< the day
  WallTime last_{};             ///< when what was counted last happened, on the simulated day
  std::map<Kind, std::vector<RecordedVisit>> visits_;
  std::unordered_map<std::string, Open> open_;
  std::vector<JournalEntry> early_;             ///< of agents, while the day is not known
  std::map<std::string, JournalEntry> agents_;  ///< their states when the day begins, until they are counted
};

}  // namespace vcsr
