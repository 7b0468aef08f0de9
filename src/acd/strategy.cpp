// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "acd/candidate.hpp"

namespace vcsr {

namespace {

constexpr std::array<const char*, 11> strategies = {
    "longest_idle", "fewest_contacts", "least_talk_time", "least_occupied", "round_robin", "fixed_priority",
    "random",       "ring_all",        "best_skilled",    "least_skilled",  "custom"};

}  // namespace

const char* to_string(Strategy strategy) noexcept { return strategies[static_cast<std::size_t>(strategy)]; }
const char* to_string(Fairness fairness) noexcept {
  return fairness == Fairness::weight ? "weight" : "service_level";
}

namespace acd {

Candidate candidate_by(Strategy strategy, AgentNumber agent, const Seat& seat, const Measures& measures) {
  Candidate candidate{seat.level, static_cast<std::int32_t>(measures.load), 0, measures.since, agent};
  switch (strategy) {
    case Strategy::longest_idle:
    case Strategy::custom: break;
    case Strategy::fewest_contacts: candidate.worth = measures.contacts; break;
    case Strategy::least_talk_time: candidate.worth = measures.talked.count(); break;
    case Strategy::least_occupied: candidate.worth = measures.occupancy; break;
    case Strategy::round_robin:
    case Strategy::random:
    case Strategy::ring_all: candidate.worth = seat.order; break;
    case Strategy::fixed_priority:
      candidate.load = 0;
      candidate.worth = seat.order;
      break;
    case Strategy::best_skilled:
      candidate.load = 0;
      candidate.worth = -std::int64_t{seat.score};
      break;
    case Strategy::least_skilled:
      candidate.load = 0;
      candidate.worth = seat.score;
      break;
  }
  return candidate;
}

double score_by(Strategy strategy, const Candidate& candidate, Timestamp now) {
  const auto worth = static_cast<double>(candidate.worth);
  switch (strategy) {
    case Strategy::longest_idle: break;
    case Strategy::fewest_contacts: return worth;
    case Strategy::least_talk_time: return worth / 1'000'000;
    case Strategy::least_occupied: return worth / 10'000;
    case Strategy::round_robin:
    case Strategy::ring_all:
    case Strategy::fixed_priority: return worth + 1;
    case Strategy::best_skilled: return -worth;
    case Strategy::least_skilled: return worth;
    case Strategy::random:
    case Strategy::custom: return 0;
  }
  return std::chrono::duration<double>(now - candidate.since).count();
}

}  // namespace acd

}  // namespace vcsr
