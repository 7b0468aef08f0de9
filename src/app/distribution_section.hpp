// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/toml_section.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

struct Config;

/// Who gets which contact, as [[queue]] and [[agent]] say it; which skills there are can be known only when
/// all agents are.
class DistributionSections {
 public:
  /// strategy, weight, requirement and relaxed.
  void read(TomlSection& section, QueueOptions& queue);
  /// skills.
  void read(TomlSection& section, AgentOptions& agent);
  /// requirement.
  void read_requirement(TomlSection& section, Requirement& requirement);
  /// Notes the skills that are asked for and that no agent has, who are in tables of this name.
  void check(Faults& faults, const std::string& agents = "[[agent]]") const;
  /// Notes queues whose agents will never do.
  void check_agents(const Config& config, Faults& faults) const;

 private:
  struct Asked {
    std::string skill;
    int line;
    std::string field;
  };
  struct Demand {
    std::string queue;
    int line;
    std::string field;
  };

  void read_steps(TomlSection& section, QueueOptions& queue);

  std::vector<Asked> asked_;
  std::vector<Demand> demands_;
  std::vector<std::string> known_;
};

}  // namespace vcsr
