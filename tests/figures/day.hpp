// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "vcsr/figures.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr::testing {

using namespace std::chrono_literals;

/// A day's journal, written by hand: times count from 09:00.
struct Day {
  explicit Day(FigureOptions options = {}) : figures(std::move(options)) {}

  static WallTime at(Duration since) { return parse_wall_time("2026-11-22T09:00:00.000Z") + since; }
  static double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

  void tell(Duration since, const char* type, const std::string& subject, Facts data = {}) {
    figures.apply(
        {.number = ++number, .at = at(since), .type = type, .subject = subject, .data = std::move(data)});
  }
  void queued(Duration since, const std::string& contact, const std::string& queue = "service") {
    tell(since, events::contact_queued, contact, {{"queue", queue}, {"priority", 0}, {"position", 1}});
  }
  void left(Duration since, const std::string& contact, const char* result, Duration waited,
            const std::string& queue = "service") {
    tell(since, events::contact_left_queue, contact,
         {{"queue", queue}, {"result", result}, {"waited", seconds(waited)}});
  }
  /// Enters and leaves.
  void contact(Duration since, const char* result, Duration waited) {
    const std::string id = "c" + std::to_string(++contacts);
    queued(since, id);
    left(since + waited, id, result, waited);
  }
  void offered(Duration since, const std::string& contact, const std::string& agent) {
    tell(since, events::contact_offered, contact, {{"queue", "service"}, {"agent", agent}});
  }
  void offer_ended(Duration since, const std::string& contact, const std::string& agent, const char* result) {
    tell(since, events::offer_ended, contact, {{"queue", "service"}, {"agent", agent}, {"result", result}});
  }
  void talked(Duration since, const std::string& contact, const std::string& agent, Duration talked,
              Duration held = {}) {
    tell(since, events::contact_disconnected, contact,
         {{"agent", agent}, {"talked", seconds(talked)}, {"held", seconds(held)}});
  }
  void wrapped_up(Duration since, const std::string& contact, const std::string& agent, Duration lasted) {
    tell(since, events::contact_wrapped_up, contact,
         {{"queue", "service"}, {"agent", agent}, {"lasted", seconds(lasted)}});
  }
  /// A dialogue answers.
  void arrived(Duration since, const std::string& contact, const std::string& from) {
    tell(since, events::contact_arrived, contact, {{"from", from}, {"direction", "in"}});
    tell(since, events::contact_answered, contact);
  }
  void closed(Duration since, const std::string& contact, const char* outcome) {
    tell(since, events::contact_closed, contact, {{"outcome", outcome}});
  }
  void state(Duration since, const std::string& agent, const char* state, const std::string& contact = {}) {
    tell(since, events::agent_state, agent, {{"state", state}, {"contact", contact}});
  }

  KeyFigures figures;
  std::uint64_t number = 0;
  int contacts = 0;
};

}  // namespace vcsr::testing
