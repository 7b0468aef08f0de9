// SPDX-License-Identifier: Apache-2.0
#include "vcsr/staffing.hpp"

#include <cmath>
#include <string>

#include "staffing/erlang_a.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using Seconds = std::chrono::duration<double>;
constexpr std::size_t most_agents = 1'000'000;

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::invalid, why); }

std::string shown(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

void require_share(const char* what, double share) {
  if (!(share >= 0 && share <= 1)) refuse(std::string(what) + ": expected 0 to 1, got " + shown(share));
}

void require_load(StaffingModel model, const StaffingLoad& load) {
  if (!(load.per_hour >= 0) || !std::isfinite(load.per_hour))
    refuse("contacts per hour: expected a number of at least 0, got " + shown(load.per_hour));
  if (load.handling <= Duration::zero()) refuse("handling time: expected more than 0");
  if (load.target < Duration::zero()) refuse("target: expected a time of at least 0");
  if (model == StaffingModel::erlang_a && load.patience <= Duration::zero())
    refuse("patience: Erlang A needs a mean patience of more than 0; Erlang C needs none");
  if (load.erlangs() > most_agents)
    refuse("the load of " + shown(load.erlangs()) + " erlangs is above the limit of a million");
}

StaffingForecast forecast_erlang_b(const StaffingLoad& load, std::size_t lines) {
  StaffingForecast forecast;
  forecast.lost = forecast.waiting = erlang_b(load.erlangs(), lines);
  forecast.answered_in_time = 1 - forecast.lost;
  forecast.abandoned_in_time = forecast.lost;
  forecast.occupancy = load.erlangs() * (1 - forecast.lost) / static_cast<double>(lines);
  return forecast;
}

StaffingForecast forecast_erlang_c(const StaffingLoad& load, std::size_t agents) {
  const double spare = static_cast<double>(agents) - load.erlangs();
  StaffingForecast forecast;
  forecast.waiting = erlang_c(load.erlangs(), agents);
  const Seconds wait = Seconds(load.handling) / spare;
  forecast.answered_in_time = 1 - forecast.waiting * std::exp(-Seconds(load.target) / wait);
  forecast.occupancy = load.erlangs() / static_cast<double>(agents);
  forecast.wait_if_any = std::chrono::round<Duration>(wait);
  forecast.mean_wait = forecast.speed_of_answer = std::chrono::round<Duration>(wait * forecast.waiting);
  return forecast;
}

bool reached(StaffingModel model, const StaffingLoad& load, const StaffingGoal& goal, std::size_t agents) {
  if (model == StaffingModel::erlang_c && static_cast<double>(agents) <= load.erlangs()) return false;
  const StaffingForecast there = forecast(model, load, agents);
  return there.sl_offered() >= goal.service_level && there.occupancy <= goal.occupancy &&
         there.lost <= goal.lost;
}

}  // namespace

const char* to_string(StaffingModel model) noexcept {
  constexpr const char* names[] = {"Erlang B", "Erlang C", "Erlang A"};
  return names[static_cast<int>(model)];
}

double StaffingLoad::erlangs() const { return per_hour / 3600 * Seconds(handling).count(); }

double erlang_b(double erlangs, std::size_t lines) {
  if (!(erlangs >= 0) || !std::isfinite(erlangs))
    refuse("erlangs: expected a number of at least 0, got " + shown(erlangs));
  double blocked = 1;
  for (std::size_t n = 1; n <= lines; ++n)
    blocked = erlangs * blocked / (static_cast<double>(n) + erlangs * blocked);
  return blocked;
}

double erlang_c(double erlangs, std::size_t agents) {
  const double blocked = erlang_b(erlangs, agents);
  if (static_cast<double>(agents) <= erlangs)
    refuse("Erlang C: " + shown(erlangs) + " erlangs need more than " + std::to_string(agents) +
           " agents, or the queue grows for ever; Erlang A counts with those who give up");
  return blocked / (1 - erlangs / static_cast<double>(agents) * (1 - blocked));
}

StaffingForecast forecast(StaffingModel model, const StaffingLoad& load, std::size_t agents) {
  require_load(model, load);
  if (agents == 0 || agents > most_agents)
    refuse("agents: expected 1 to a million, got " + std::to_string(agents));
  if (load.per_hour == 0) return {.answered_in_time = 1};
  if (model == StaffingModel::erlang_b) return forecast_erlang_b(load, agents);
  if (model == StaffingModel::erlang_c) return forecast_erlang_c(load, agents);
  return forecast_erlang_a(load, agents);
}

std::size_t agents_needed(StaffingModel model, const StaffingLoad& load, const StaffingGoal& goal) {
  require_load(model, load);
  require_share("service level", goal.service_level);
  require_share("occupancy", goal.occupancy);
  require_share("share lost", goal.lost);
  if (load.per_hour == 0) return 0;
  // More agents are never worse, so the answer lies between the powers of two around it.
  std::size_t enough = 1;
  while (!reached(model, load, goal, enough)) {
    if (enough == most_agents)
      refuse("a million agents do not reach a service level of " + shown(goal.service_level) +
             ", an occupancy of " + shown(goal.occupancy) + " and a loss of " + shown(goal.lost) +
             " within the target");
    enough = enough * 2 < most_agents ? enough * 2 : most_agents;
  }
  std::size_t few = enough / 2;
  while (enough - few > 1) {
    const std::size_t middle = few + (enough - few) / 2;
    (reached(model, load, goal, middle) ? enough : few) = middle;
  }
  return enough;
}

std::size_t agents_scheduled(std::size_t agents, double shrinkage) {
  if (!(shrinkage >= 0 && shrinkage < 1)) refuse("shrinkage: expected 0 to below 1, got " + shown(shrinkage));
  // What is a whole number but for the last bit of a division is that number.
  return static_cast<std::size_t>(std::ceil(static_cast<double>(agents) / (1 - shrinkage) - 1e-9));
}

}  // namespace vcsr
