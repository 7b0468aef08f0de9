// SPDX-License-Identifier: Apache-2.0
#include "server/agent_desk.hpp"

#include <algorithm>
#include <optional>

#include "server/agent_order.hpp"
#include "server/desk_answer.hpp"

namespace vcsr {

namespace {

constexpr std::string_view me = "/api/me", every = "/api/agents", below = "/api/agents/";

Value::List listed(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

/// Agents learn nothing of others, not even whether they exist.
void require_sight(const User& user, const std::string& agent) {
  if (user.role == UserRole::agent && user.agent != agent)
    throw Forbidden(called(user) + " may see and order agent " + user.agent + " only");
}

}  // namespace

bool AgentDesk::serves(std::string_view path) {
  return path == me || path == every || path.starts_with(below);
}

HttpResponse AgentDesk::answer(const HttpRequest& request) const {
  const bool one = request.path.starts_with(below);
  return answer_to_user(request, users_, one ? "GET, POST" : "GET",
                        [&](const User& user) { return act(request, user); });
}

HttpResponse AgentDesk::act(const HttpRequest& request, const User& user) const {
  if (request.path == me) return json_answer(who(user));
  if (request.path == every) return json_answer(list(user));
  const std::string id = request.path.substr(below.size());
  require_sight(user, id);
  const Agent agent = site_.center().agent(id);
  if (request.method == "POST") order_agent(agent, user, request.body);
  return json_answer(describe(agent));
}

Value AgentDesk::who(const User& user) const {
  const std::vector<std::string> reasons =
      site_.config().web ? site_.config().web->not_ready_reasons : std::vector<std::string>();
  return Value::Map{{"name", user.name},
                    {"role", to_string(user.role)},
                    {"agent", user.agent},
                    {"queues", listed(user.queues)},
                    {"supervises", is_supervisor(user)},
                    {"not_ready_reasons", listed(reasons)}};
}

Value AgentDesk::list(const User& user) const {
  Value::List all;
  for (const Agent& agent : site_.center().agents())
    if (user.role != UserRole::agent || user.agent == agent.id()) all.push_back(describe(agent));
  return all;
}

std::string AgentDesk::wall(Timestamp moment) const {
  return to_string(loop_.wall_time() + (moment - loop_.now()));
}

Value AgentDesk::describe(const Agent& agent) const {
  const std::vector<AgentConfig>& agents = site_.config().agents;
  const auto config = std::find_if(agents.begin(), agents.end(),
                                   [&agent](const AgentConfig& one) { return one.options.id == agent.id(); });
  const std::optional<AgentChoice> pending = agent.pending();
  Value::Map skills;
  for (const auto& [skill, level] : agent.skills()) skills.emplace(skill, level);
  return Value::Map{
      {"id", agent.id()},
      {"name", agent.name()},
      {"state", to_string(agent.state())},
      {"reason", agent.reason()},
      {"since", wall(agent.since())},
      {"pending", pending
                      ? Value(Value::Map{{"state", to_string(pending->state)}, {"reason", pending->reason}})
                      : Value()},
      {"contacts", in_hand(agent)},
      {"queues", config == agents.end() ? Value::List() : listed(config->queues)},
      {"skills", std::move(skills)},
      {"heartbeat_every", config == agents.end() ? 0.0 : seconds(config->options.heartbeat_limit) / 3}};
}

Value AgentDesk::in_hand(const Agent& agent) const {
  Value::List contacts;
  for (const ContactInHand& one : agent.contacts()) {
    const std::vector<QueueOptions>& queues = site_.config().queues;
    const auto queue = std::find_if(queues.begin(), queues.end(),
                                    [&one](const QueueOptions& each) { return each.name == one.queue; });
    const bool known = queue != queues.end();
    contacts.push_back(Value::Map{{"contact", one.contact},
                                  {"channel", to_string(one.channel)},
                                  {"queue", one.queue},
                                  {"state", to_string(one.state)},
                                  {"by_hand", site_.center().find_contact(one.contact).has_value()},
                                  {"since", wall(one.since)},
                                  {"ends", one.ends ? Value(wall(*one.ends)) : Value()},
                                  {"extension_left", seconds(one.extension_left)},
                                  {"needs_disposition", one.needs_disposition},
                                  {"dispositions", known ? listed(queue->dispositions) : Value::List()},
                                  {"wrap_up_mode", known ? Value(to_string(queue->wrap_up_mode)) : Value()}});
  }
  return contacts;
}

}  // namespace vcsr
