// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// What becomes of a contact that finds every agent (or line) busy.
enum class StaffingModel {
  erlang_b,  ///< it is turned away: for lines and trunks
  erlang_c,  ///< it waits for however long it takes
  erlang_a,  ///< it waits as long as its patience lasts (M/M/N+M)
};
/// "Erlang B", …
VCSR_EXPORT const char* to_string(StaffingModel model) noexcept;

/// The work that comes to a group. Arrivals are Poisson, handling times and patience exponential.
struct VCSR_EXPORT StaffingLoad {
  double per_hour = 0;                         ///< contacts offered
  Duration handling{};                         ///< mean: talk, hold and wrap-up
  Duration target = std::chrono::seconds(20);  ///< an answer within it is in time
  Duration patience{};                         ///< mean; for erlang_a only

  /// Contacts being handled at a time if all were: per_hour × handling.
  double erlangs() const;
};

/// How a group does in the long run. Shares are of all contacts offered, 0 to 1.
struct StaffingForecast {
  double waiting = 0;            ///< share that finds all agents busy
  double lost = 0;               ///< share that abandons; turned away with erlang_b
  double answered_in_time = 0;   ///< share answered within the target
  double abandoned_in_time = 0;  ///< share that abandons within the target
  double occupancy = 0;          ///< share of its time that an agent handles contacts
  Duration mean_wait{};          ///< of all, those who abandon too
  Duration speed_of_answer{};    ///< mean wait of those answered
  Duration wait_if_any{};        ///< mean wait of those who find all agents busy

  /// The service level by its three names: of those offered, of those answered, and those answered or gone
  /// in time of those offered.
  double sl_offered() const { return answered_in_time; }
  double sl_answered() const { return lost < 1 ? answered_in_time / (1 - lost) : 0; }
  double sl_including_abandoned() const { return answered_in_time + abandoned_in_time; }
};

/// What a group has to reach.
struct StaffingGoal {
  double service_level = 0.8;  ///< sl_offered() at least; with erlang_b the share not turned away
  double occupancy = 1;        ///< no agent may be busier
  double lost = 1;             ///< no larger share may abandon
};

/// Erlang's first formula: the share of contacts that find all `lines` busy and are turned away.
/// Throws Error(invalid) for a load below zero or not finite.
VCSR_EXPORT double erlang_b(double erlangs, std::size_t lines);
/// Erlang's second formula: the share that finds all agents busy and waits. Throws Error(invalid) as well
/// when there are not more agents than erlangs: the queue would grow for ever.
VCSR_EXPORT double erlang_c(double erlangs, std::size_t agents);

/// Exact, for up to a million agents. Throws Error(invalid) for a load that is no load (rates below zero,
/// no handling time, erlang_a without patience), without agents, and like erlang_c() with that model.
VCSR_EXPORT StaffingForecast forecast(StaffingModel model, const StaffingLoad& load, std::size_t agents);

/// The fewest agents who reach the goal; 0 without contacts. Throws like forecast(), and Error(invalid) for
/// a goal outside 0 to 1 or one that a million agents do not reach.
VCSR_EXPORT std::size_t agents_needed(StaffingModel model, const StaffingLoad& load,
                                      const StaffingGoal& goal);

/// How many must be paid for that so many are at work: `shrinkage` is the share of paid time lost to leave,
/// breaks and training. Throws Error(invalid) unless it is from 0 to below 1.
VCSR_EXPORT std::size_t agents_scheduled(std::size_t agents, double shrinkage);

}  // namespace vcsr
