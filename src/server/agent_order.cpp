// SPDX-License-Identifier: Apache-2.0
#include "server/agent_order.hpp"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/desk_answer.hpp"

namespace vcsr {

namespace {

constexpr std::int64_t highest_level = 1'000'000;

struct Action {
  std::vector<std::string_view> fields;
  std::function<void(Agent& agent, const Facts& fields, const User& user)> act;
  bool supervises = false;
};

AgentOrder order_in(const Facts& fields) {
  const std::string name = text_field(fields, "order");
  for (const AgentOrder order :
       {AgentOrder::ready, AgentOrder::not_ready, AgentOrder::log_out, AgentOrder::free})
    if (name == to_string(order)) return order;
  throw Error(Error::Code::invalid,
              R"(order: expected "ready", "not_ready", "log_out" or "free", got ")" + name + "\"");
}

Skills skills_in(const Facts& fields) {
  const auto found = fields.find("skills");
  const Facts* const levels = found == fields.end() ? nullptr : found->second.get_if<Facts>();
  if (!levels)
    throw Error(Error::Code::invalid, R"(skills: expected levels such as {"billing": 5, "zh": 1})");
  Skills skills;
  for (const auto& [skill, level] : *levels) {
    const std::int64_t* const number = level.get_if<std::int64_t>();
    if (skill.empty() || !number || *number < 0 || *number > highest_level)
      throw Error(Error::Code::invalid,
                  "skills." + skill + ": expected a level from 0 to 1000000, got " + to_json(level));
    skills.emplace(skill, static_cast<int>(*number));
  }
  return skills;
}

using Of = const Facts&;
using By = const User&;

const std::map<std::string, Action, std::less<>>& actions() {
  static const std::map<std::string, Action, std::less<>> all = {
      {"log_in", {{}, [](Agent& agent, Of, By) { agent.log_in(); }}},
      {"log_out", {{}, [](Agent& agent, Of, By) { agent.log_out(); }}},
      {"ready", {{}, [](Agent& agent, Of, By) { agent.set_ready(); }}},
      {"not_ready",
       {{"reason"},
        [](Agent& agent, Of fields, By) { agent.set_not_ready(required_text(fields, "reason")); }}},
      {"cancel", {{}, [](Agent& agent, Of, By) { agent.cancel_pending(); }}},
      {"heartbeat", {{}, [](Agent& agent, Of, By) { agent.heartbeat(); }}},
      {"accept",
       {{"contact"}, [](Agent& agent, Of fields, By) { agent.accept(required_text(fields, "contact")); }}},
      {"decline",
       {{"contact"}, [](Agent& agent, Of fields, By) { agent.decline(required_text(fields, "contact")); }}},
      {"finish",
       {{"contact"}, [](Agent& agent, Of fields, By) { agent.finish(required_text(fields, "contact")); }}},
      {"finish_wrap_up", {{}, [](Agent& agent, Of, By) { agent.finish_wrap_up(); }}},
      {"want_wrap_up", {{}, [](Agent& agent, Of, By) { agent.want_wrap_up(); }}},
      {"extend",
       {{"by"}, [](Agent& agent, Of fields, By) { agent.extend_wrap_up(seconds_field(fields, "by")); }}},
      {"dispose",
       {{"contact", "code", "note"},
        [](Agent& agent, Of fields, By) {
          agent.dispose(required_text(fields, "contact"), required_text(fields, "code"),
                        text_field(fields, "note"));
        }}},
      {"force",
       {{"order", "why"},
        [](Agent& agent, Of fields, By user) {
          agent.force(order_in(fields), user.name, required_text(fields, "why"));
        },
        true}},
      {"skills",
       {{"skills"}, [](Agent& agent, Of fields, By) { agent.set_skills(skills_in(fields)); }, true}},
  };
  return all;
}

const Action& action_called(const std::string& name) {
  const auto found = actions().find(name);
  if (found != actions().end()) return found->second;
  std::string names;
  for (const auto& [known, action] : actions()) names += (names.empty() ? "" : ", ") + known;
  throw Error(Error::Code::invalid, "do: expected one of " + names + ", got \"" + name + "\"");
}

void require_allowed(const User& user, const Agent& agent, const std::string& name, const Action& action) {
  if (user.role == UserRole::administrator) return;
  if (action.supervises && user.role != UserRole::supervisor)
    throw Forbidden(called(user) + " may not give the order \"" + name + "\": supervisors do");
  if (action.supervises || (user.role == UserRole::agent && user.agent == agent.id())) return;
  throw Forbidden(called(user) + " may not act for agent " + agent.id() +
                  (user.role == UserRole::supervisor ? R"(: order it with "do": "force")" : ""));
}

}  // namespace

void order_agent(Agent agent, const User& user, std::string_view json) {
  Facts fields = fields_of(json, R"({"do": "ready"})");
  const std::string name = text_field(fields, "do");
  const Action& action = action_called(name);
  require_allowed(user, agent, name, action);
  std::vector<std::string_view> known = action.fields;
  known.emplace_back("do");
  require_fields(fields, known);
  action.act(agent, fields, user);
}

}  // namespace vcsr
