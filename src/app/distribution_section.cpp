// SPDX-License-Identifier: Apache-2.0
#include "app/distribution_section.hpp"

#include <algorithm>

#include "acd/requirement_steps.hpp"
#include "app/config.hpp"
#include "app/nearest.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t highest_level = 1'000'000;

/// Those that a file can ask for: custom needs a function.
void read_strategy(TomlSection& section, Strategy& strategy) {
  std::vector<std::pair<std::string_view, Strategy>> choices;
  for (const Strategy choice :
       {Strategy::longest_idle, Strategy::fewest_contacts, Strategy::least_talk_time,
        Strategy::least_occupied, Strategy::round_robin, Strategy::fixed_priority, Strategy::random,
        Strategy::ring_all, Strategy::best_skilled, Strategy::least_skilled})
    choices.emplace_back(to_string(choice), choice);
  section.read("strategy", strategy, choices);
}

/// The queue has agents, and none of them will ever do.
bool unheard(const Config& config, const std::string& name) {
  const auto queue = std::find_if(config.queues.begin(), config.queues.end(),
                                  [&name](const QueueOptions& one) { return one.name == name; });
  const auto does = [&queue](const Skills& skills) {
    return queue->requirement.met_by(skills) ||
           std::any_of(queue->relaxed.begin(), queue->relaxed.end(),
                       [&skills](const RequirementStep& step) { return step.requirement.met_by(skills); });
  };
  bool staffed = false;
  for (const AgentConfig& agent : config.agents) {
    if (std::find(agent.queues.begin(), agent.queues.end(), name) == agent.queues.end()) continue;
    if (does(agent.options.skills)) return false;
    staffed = true;
  }
  return staffed;
}

}  // namespace

void DistributionSections::read_requirement(TomlSection& section, Requirement& requirement) {
  std::string text;
  if (!section.read("requirement", text)) return;
  try {
    requirement = Requirement::parse(text);
  } catch (const Error& error) {
    section.fault("requirement", error.what());
  }
  for (const std::string& skill : requirement.skills())
    asked_.push_back({skill, section.line("requirement"), section.field("requirement")});
}

void DistributionSections::read_steps(TomlSection& section, QueueOptions& queue) {
  Duration before{};
  Requirement asked = queue.requirement;
  for (TomlSection& step : section.sections("relaxed")) {
    RequirementStep relaxed;
    if (!step.has("after"))
      step.fault("after", "is missing; say after how long the queue asks for less, such as \"30s\"");
    else if (step.read("after", relaxed.after) && relaxed.after <= before)
      step.wrong("after", "a longer time than that of the step before");
    before = std::max(before, relaxed.after);
    read_requirement(step, relaxed.requirement);
    const std::string why = contradiction_in(relaxed.requirement, asked);
    if (!why.empty()) step.fault(step.has("requirement") ? "requirement" : "after", why);
    asked = asked.or_else(relaxed.requirement);
    step.finish();
    queue.relaxed.push_back(std::move(relaxed));
  }
}

void DistributionSections::read(TomlSection& section, QueueOptions& queue) {
  read_strategy(section, queue.strategy);
  if (int weight = 1; section.read("weight", weight, 1, 1000)) queue.weight = weight;
  section.read<Fairness>("fairness", queue.fairness,
                         {{"weight", Fairness::weight}, {"service_level", Fairness::service_level}});
  if (int percent = 80; section.read("service_level_goal", percent, 1, 100))
    queue.service_level_goal = percent / 100.0;
  read_requirement(section, queue.requirement);
  if (const std::string why = contradiction_in(queue.requirement); !why.empty())
    section.fault("requirement", why);
  else if (section.has("requirement"))
    demands_.push_back({queue.name, section.line("requirement"), section.field("requirement")});
  read_steps(section, queue);
}

void DistributionSections::read(TomlSection& section, AgentOptions& agent) {
  std::optional<TomlSection> skills = section.section("skills");
  if (!skills) return;
  for (const auto& [skill, level] : skills->rest()) {
    const std::int64_t* const number = level.get_if<std::int64_t>();
    if (!number || *number < 0 || *number > highest_level) {
      skills->wrong(skill, "a level from 0 to 1000000");
      continue;
    }
    agent.skills.emplace(skill, static_cast<int>(*number));
    known_.push_back(skill);
  }
}

void DistributionSections::check_agents(const Config& config, Faults& faults) const {
  for (const auto& [queue, line, field] : demands_) {
    if (unheard(config, queue))
      faults.add(line, field,
                 "none of the agents of queue \"" + queue +
                     "\" can take its contacts, however long they wait: give one the skills, or relax it");
  }
}

void DistributionSections::check(Faults& faults, const std::string& agents) const {
  for (const auto& [skill, line, field] : asked_) {
    if (std::find(known_.begin(), known_.end(), skill) != known_.end()) continue;
    const std::string near = nearest(skill, known_);
    faults.add(line, field,
               "no " + agents + " has the skill \"" + skill + "\"; " +
                   (near.empty() ? "give it to one: skills = { \"" + skill + "\" = 1 }"
                                 : "is \"" + near + "\" meant?"));
  }
}

}  // namespace vcsr
