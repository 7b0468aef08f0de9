// SPDX-License-Identifier: Apache-2.0
#include "tools/staff.hpp"

#include <algorithm>

#include "simulation/profile.hpp"
#include "simulation/text_table.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string seconds(Duration duration, int digits) {
  return fixed(std::chrono::duration<double>(duration).count(), digits);
}

/// What a group reaches, in words of the table or in figures of the CSV.
std::vector<std::string> reached(const StaffRequest& request, const StaffingForecast& there) {
  if (request.csv)
    return {fixed(there.sl_offered(), 6), fixed(there.sl_answered(), 6),     fixed(there.lost, 6),
            fixed(there.waiting, 6),      seconds(there.speed_of_answer, 6), seconds(there.mean_wait, 6),
            fixed(there.occupancy, 6)};
  return {percent(there.sl_offered()), percent(there.sl_answered()),      percent(there.lost),
          percent(there.waiting),      seconds(there.speed_of_answer, 1), seconds(there.mean_wait, 1),
          percent(there.occupancy)};
}

std::vector<std::string> names(const StaffRequest& request, std::vector<std::string> first) {
  const std::vector<std::string> rest =
      request.csv ? std::vector<std::string>{"sl_offered", "sl_answered", "lost",     "waiting",
                                             "asa",        "mean_wait",   "occupancy"}
                  : std::vector<std::string>{"SL offered", "SL answered", "lost",     "must wait",
                                             "ASA s",      "wait s",      "occupancy"};
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

void add(TextTable& table, std::vector<std::string> first, std::vector<std::string> rest) {
  first.insert(first.end(), rest.begin(), rest.end());
  table.add(std::move(first));
}

/// So many agents, or those around what is needed: a step more or less is what a planner asks next.
std::string one_load(const StaffRequest& request) {
  std::size_t first = request.agents, last = request.agents, needed = 0;
  if (request.agents == 0) {
    needed = agents_needed(request.model, request.load, request.goal);
    const auto least =
        request.model == StaffingModel::erlang_c ? static_cast<std::size_t>(request.load.erlangs()) + 1 : 1;
    first = std::max(needed > 3 ? needed - 3 : 1, least);
    last = needed + 3;
  }
  TextTable table(names(request, {"agents", "scheduled"}));
  for (std::size_t agents = first; agents <= last; ++agents) {
    const std::string mark = request.csv ? "" : agents == needed ? "> " : "";
    add(table, {mark + std::to_string(agents), std::to_string(agents_scheduled(agents, request.shrinkage))},
        reached(request, forecast(request.model, request.load, agents)));
  }
  if (request.csv) return table.csv();
  return std::string(to_string(request.model)) + ", " + fixed(request.load.erlangs(), 3) + " erlangs" +
         (needed ? ", " + std::to_string(needed) + " agents needed" : "") + "\n\n" + table.text();
}

/// The staff of one interval.
struct Staffed {
  StaffingLoad load;
  std::size_t agents = 0, scheduled = 0;
  StaffingForecast reached = {.answered_in_time = 1};
};

Staffed staffed(const StaffRequest& request, const ProfileInterval& interval) {
  Staffed staffed{.load = request.load};
  staffed.load.per_hour = interval.per_hour();
  if (interval.handling) staffed.load.handling = *interval.handling;
  try {
    staffed.agents = request.agents    ? request.agents
                     : interval.agents ? *interval.agents
                                       : agents_needed(request.model, staffed.load, request.goal);
    staffed.scheduled = agents_scheduled(staffed.agents, request.shrinkage);
    if (staffed.agents > 0 || interval.contacts > 0)
      staffed.reached = forecast(request.model, staffed.load, staffed.agents);
  } catch (const Error& error) {
    throw Error(error.code(), Place{request.profile, 0, time_of_day(interval.begins)}, error.what());
  }
  return staffed;
}

std::string by_interval(const StaffRequest& request) {
  TextTable table(names(
      request, {"begins", "contacts", request.csv ? "handling" : "AHT s", "erlangs", "agents", "scheduled"}));
  double worked = 0, paid = 0;
  for (const ProfileInterval& interval : read_profile(request.profile)) {
    const Staffed group = staffed(request, interval);
    const double hours = std::chrono::duration<double>(interval.length).count() / 3600;
    worked += static_cast<double>(group.agents) * hours;
    paid += static_cast<double>(group.scheduled) * hours;
    add(table,
        {time_of_day(interval.begins), fixed(interval.contacts, 0), seconds(group.load.handling, 0),
         fixed(group.load.erlangs(), 3), std::to_string(group.agents), std::to_string(group.scheduled)},
        reached(request, group.reached));
  }
  if (request.csv) return table.csv();
  return std::string(to_string(request.model)) + "\n\n" + table.text() +
         "\nagent hours: " + fixed(worked, 1) + " at work, " + fixed(paid, 1) + " paid\n";
}

}  // namespace

std::string staff_plan(const StaffRequest& request) {
  return request.profile.empty() ? one_load(request) : by_interval(request);
}

}  // namespace vcsr
