// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/requirement.hpp"

namespace vcsr {

/// Which of the agents who could take a contact gets it. Agents of a lower level in the queue go before,
/// then, but for fixed_priority and the skilled ones, those with less in hand; equals by their idle time.
enum class Strategy {
  longest_idle,
  fewest_contacts,  ///< since the center began
  least_talk_time,  ///< since the center began
  least_occupied,   ///< the share of the time since log-in spent on contacts, as it was when they became free
  round_robin,      ///< in the order in which they joined the queue, from behind who was last
  fixed_priority,   ///< in the order in which they joined the queue, from the first
  random,
  ring_all,       ///< up to 50 at once, and who becomes free meanwhile: who answers first has it
  best_skilled,   ///< the highest Requirement::score()
  least_skilled,  ///< the lowest Requirement::score(): keeps the experts free
  custom,         ///< the highest score by a function; looks at everybody who could take it
};
/// "longest_idle", "fewest_contacts", …
VCSR_EXPORT const char* to_string(Strategy strategy) noexcept;

/// Which queue goes first where several share an agent who becomes free.
enum class Fairness {
  weight,  ///< whose first contact's age, times the queue's weight, is the greatest
  /// Whose share of contacts answered in time is the furthest below its goal; those that keep theirs, by
  /// weight.
  service_level,
};
/// "weight", "service_level".
VCSR_EXPORT const char* to_string(Fairness fairness) noexcept;

/// After so long, counted from when the contact joined the queue, whoever meets this will do as well.
/// The contact keeps its place.
struct RequirementStep {
  Duration after{};
  Requirement requirement;
};

/// Why an agent cannot take a contact now.
enum class Refusal {
  none,
  lacks_skill,
  logged_out,
  not_ready,
  wrap_up,
  engaged,      ///< with something else
  reserved,     ///< is offered a contact
  at_capacity,  ///< has so much in hand that none of this channel fits
};
/// "none", "lacks_skill", …
VCSR_EXPORT const char* to_string(Refusal refusal) noexcept;

/// One of a queue's agents, seen from a contact.
struct ConsideredAgent {
  std::string agent;
  Refusal refusal = Refusal::none;
  std::string detail = {};  ///< which skill, in the language asked for; why not ready; "" otherwise
  /// By the queue's strategy: idle or talk time in seconds, contacts, percent, place, levels; NaN: not known.
  double score = 0;
};

/// Why a contact is where it is, at one moment.
struct Explanation {
  enum class State {
    waiting,  ///< for any agent
    held,     ///< for the preferred agent
    offered,
  };
  std::string contact = {}, queue = {};
  State state = State::waiting;
  Strategy strategy = Strategy::longest_idle;
  std::string requirement = {};             ///< as it is by now; "": anybody
  std::size_t position = 0;                 ///< in the queue, from 1; 0 while it is offered
  Duration waited{};                        ///< since it joined the queue
  std::optional<Duration> changes_in = {};  ///< until more agents will do
  std::string preferred = {};               ///< the agent it is held for
  std::vector<std::string> offered_to = {};
  /// Of a queue with Fairness::service_level: how many of a hundred were answered in time, and should be.
  std::optional<double> answered_in_time = {}, goal = {};
  /// The queue's: who could take it, best first; then the others, by id.
  std::vector<ConsideredAgent> agents = {};

  /// A line about the contact and one for each agent; `language` is "zh…", or English for all others.
  VCSR_EXPORT std::vector<std::string> in_words(std::string_view language = "en") const;
};

}  // namespace vcsr
