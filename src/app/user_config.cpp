// SPDX-License-Identifier: Apache-2.0
#include "app/user_config.hpp"

#include <algorithm>
#include <utility>

namespace vcsr {

namespace {

void read_agent(TomlSection& section, const Config& config, User& user) {
  section.require("agent", user.agent);
  const bool known = std::any_of(config.agents.begin(), config.agents.end(),
                                 [&](const AgentConfig& agent) { return agent.options.id == user.agent; });
  if (!user.agent.empty() && !known) section.fault("agent", "there is no agent \"" + user.agent + "\"");
}

void read_queues(TomlSection& section, const Config& config, User& user) {
  if (!section.read("queues", user.queues))
    section.fault("queues", "is missing: a supervisor has the recordings of some queues");
  for (const std::string& name : user.queues)
    if (std::none_of(config.queues.begin(), config.queues.end(),
                     [&](const QueueOptions& queue) { return queue.name == name; }))
      section.fault("queues", "there is no queue \"" + name + "\"");
}

}  // namespace

void read_users(TomlSection& root,
                const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                Config& config) {
  for (TomlSection& section : root.sections("user")) {
    User user;
    section.require("name", user.name);
    for (const User& other : config.users) {
      if (other.name == user.name) section.fault("name", "\"" + user.name + "\" is there already");
    }
    section.read<UserRole>("role", user.role,
                           {{"agent", UserRole::agent},
                            {"supervisor", UserRole::supervisor},
                            {"auditor", UserRole::auditor},
                            {"administrator", UserRole::administrator}});
    if (!section.has("role")) section.fault("role", "is missing: what the user may do");
    read_secret(section, "token", user.token);
    if (!section.has("token") && !section.has("token_file"))
      section.fault("token_file", "is missing: the file with the user's token in its first line");
    for (const User& other : config.users)
      if (!user.token.empty() && other.token.matches(user.token.reveal()))
        section.fault("token", "is that of " + other.name + " as well");
    if (user.role == UserRole::agent) read_agent(section, config, user);
    if (user.role == UserRole::supervisor) read_queues(section, config, user);
    section.finish();
    config.users.push_back(std::move(user));
  }
}

}  // namespace vcsr
