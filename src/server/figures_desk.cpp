// SPDX-License-Identifier: Apache-2.0
#include "server/figures_desk.hpp"

#include <string>

#include "server/desk_answer.hpp"
#include "server/figures_table.hpp"

namespace vcsr {

namespace {

constexpr std::string_view whole = "/api/figures", queues_csv = "/api/figures/queues.csv",
                           agents_csv = "/api/figures/agents.csv";

Attribution attribution_in(const HttpRequest& request) {
  const auto by = request.query.find("by");
  if (by == request.query.end() || by->second == "end") return Attribution::by_end;
  if (by->second == "enqueue") return Attribution::by_enqueue;
  throw Error(Error::Code::invalid, R"(by: expected "end" or "enqueue", got ")" + by->second + "\"");
}

template <class Figures>
std::vector<Figures> since(WallTime first, std::vector<Figures> intervals) {
  std::erase_if(intervals, [first](const Figures& one) { return one.begins < first; });
  return intervals;
}

template <class Figures>
Value described(const char* key, const std::string& name, const std::vector<Figures>& intervals) {
  Figures total;
  Value::List list;
  for (const Figures& one : intervals) {
    total += one;
    list.push_back(to_object(vcsr::named(one)));
  }
  return Value::Map{{key, name},
                    {"total", intervals.empty() ? Value() : to_object(vcsr::named(total))},
                    {"intervals", std::move(list)}};
}

Value to_json_value(const LiveFigures& live, const KeyFigures& figures, Attribution by) {
  const FigureOptions& options = live.config().options;
  Value::List queues, agents;
  for (const std::string& name : figures.queues())
    queues.push_back(described("queue", name, since(live.first(), figures.queue(name, by))));
  for (const std::string& id : figures.agents())
    agents.push_back(described("agent", id, since(live.first(), figures.agent(id))));
  return Value::Map{
      {"since", to_string(live.first())},
      {"complete", live.complete()},
      {"by", by == Attribution::by_end ? "end" : "enqueue"},
      {"interval", std::chrono::duration<double>(options.interval).count()},
      {"short_abandon", std::chrono::duration<double>(options.short_abandon).count()},
      {"queues", std::move(queues)},
      {"agents", std::move(agents)},
      {"agents_together", described("agents", "all", since(live.first(), figures.agents_together()))}};
}

HttpResponse csv(const char* heading, const std::vector<std::pair<std::string, NamedFigures>>& rows) {
  return {.type = "text/csv; charset=utf-8", .body = to_csv(heading, rows)};
}

}  // namespace

bool FiguresDesk::serves(std::string_view path) {
  return path == whole || path == queues_csv || path == agents_csv;
}

HttpResponse FiguresDesk::answer(const HttpRequest& request) const {
  return answer_to_user(request, users_, "GET", [&](const User& user) { return act(request, user); });
}

HttpResponse FiguresDesk::act(const HttpRequest& request, const User& user) const {
  if (user.role == UserRole::agent) throw Forbidden(called(user) + " may not see key figures");
  const Attribution by = attribution_in(request);
  const LiveFigures& live = site_.figures();
  const KeyFigures figures = live.now();
  if (request.path == whole) return json_answer(to_json_value(live, figures, by));
  std::vector<std::pair<std::string, NamedFigures>> rows;
  if (request.path == agents_csv) {
    for (const std::string& id : figures.agents())
      for (const AgentFigures& one : since(live.first(), figures.agent(id)))
        rows.emplace_back(id, named(one));
    return csv("agent", rows);
  }
  for (const std::string& name : figures.queues())
    for (const QueueFigures& one : since(live.first(), figures.queue(name, by)))
      rows.emplace_back(name, named(one));
  return csv("queue", rows);
}

}  // namespace vcsr
