// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "simulation/scenario.hpp"
#include "vcsr/figures.hpp"

namespace vcsr {

/// How one run of a scenario goes.
struct RunTerms {
  std::uint64_t seed = 1;
  std::function<void(const JournalEntry&)> journal = {};  ///< is told every entry
  std::function<void(double)> progress = {};              ///< is told the share of the day that is over
};

/// Lets the day happen in virtual time, in a center of its own with virtual customers and agents, and
/// counts it. It goes on after its end until everybody who waits or talks has left, for four hours at most.
/// The same scenario and seed give the same journal. Throws Error.
KeyFigures simulate_day(const Scenario& scenario, const RunTerms& terms);

/// How the scenario's key figures are counted, schedules apart.
FigureOptions figure_options(const Scenario& scenario);

/// The wall time of midnight in every simulated day.
WallTime simulated_midnight();

}  // namespace vcsr
