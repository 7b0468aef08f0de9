// SPDX-License-Identifier: Apache-2.0
#include "server/queue_desk.hpp"

#include <algorithm>
#include <utility>

#include "server/desk_answer.hpp"

namespace vcsr {

namespace {

constexpr std::string_view every = "/api/queues", below = "/api/queues/", contacts = "/contacts",
                           why = "/why", callbacks = "/callbacks";

/// What is in "/api/queues/NAME/contacts/ID/why" or "/api/queues/NAME/callbacks".
struct QueuePlace {
  std::string queue, contact;
  bool of_contacts = false, asks_why = false, of_callbacks = false;
};

QueuePlace place_of(std::string path) {
  QueuePlace place;
  path.erase(0, std::min(below.size(), path.size()));
  if (const std::size_t at = path.find(contacts); at != path.npos) {
    place.of_contacts = true;
    place.contact = path.substr(std::min(at + contacts.size() + 1, path.size()));
    path.resize(at);
  }
  if (place.contact.ends_with(why)) {
    place.asks_why = true;
    place.contact.resize(place.contact.size() - why.size());
  }
  if (path.ends_with(callbacks)) {
    place.of_callbacks = true;
    path.resize(path.size() - callbacks.size());
  }
  place.queue = std::move(path);
  return place;
}

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

Value report_of(const Queue& queue) {
  const QueueReport report = queue.report();
  Value::Map flowed;
  for (const auto& [rule, count] : report.flowed_out) flowed.emplace(rule, count);
  return Value::Map{{"entered", report.entered},
                    {"answered", report.answered},
                    {"answered_in_time", report.answered_in_time},
                    {"abandoned", report.abandoned},
                    {"timed_out", report.timed_out},
                    {"left_by_key", report.left_by_key},
                    {"callbacks", report.callbacks},
                    {"unreached", report.unreached},
                    {"deserted", report.deserted},
                    {"refused", report.refused},
                    {"flowed_out", std::move(flowed)},
                    {"offers", report.offers},
                    {"misses", report.misses},
                    {"longest_wait", seconds(report.longest_wait)},
                    {"estimates", report.estimates},
                    {"close_estimates", report.close_estimates},
                    {"estimate_error", seconds(report.estimate_error)}};
}

const char* name_of(Explanation::State state) {
  constexpr const char* names[] = {"waiting", "held", "offered"};
  return names[static_cast<int>(state)];
}

Value value_of(const Explanation& explained, std::string_view language) {
  Value::List agents;
  for (const ConsideredAgent& one : explained.agents)
    agents.push_back(Value::Map{{"agent", one.agent},
                                {"refusal", to_string(one.refusal)},
                                {"detail", one.detail},
                                {"score", one.score}});
  const std::vector<std::string> words = explained.in_words(language);
  return Value::Map{{"contact", explained.contact},
                    {"queue", explained.queue},
                    {"state", name_of(explained.state)},
                    {"strategy", to_string(explained.strategy)},
                    {"requirement", explained.requirement},
                    {"position", explained.position},
                    {"waited", seconds(explained.waited)},
                    {"changes_in", explained.changes_in ? Value(seconds(*explained.changes_in)) : Value()},
                    {"preferred", explained.preferred},
                    {"offered_to", Value::List(explained.offered_to.begin(), explained.offered_to.end())},
                    {"agents", std::move(agents)},
                    {"words", Value::List(words.begin(), words.end())}};
}

}  // namespace

QueueDesk::QueueDesk(Loop& loop, Site& site, std::vector<User> users)
    : site_(site), users_(std::move(users)), contacts_(loop, site) {}

bool QueueDesk::serves(std::string_view path) { return path == every || path.starts_with(below); }

HttpResponse QueueDesk::answer(const HttpRequest& request) {
  const QueuePlace place = place_of(request.path);
  const char* methods = place.of_callbacks                     ? "POST"
                        : !place.of_contacts || place.asks_why ? "GET"
                        : place.contact.empty()                ? "POST"
                                                               : "GET, POST";
  return answer_to_user(request, users_, methods, [&](const User& user) { return act(request, user); });
}

HttpResponse QueueDesk::act(const HttpRequest& request, const User& user) {
  if (user.role == UserRole::agent) throw Forbidden(called(user) + " may not see queues");
  if (request.method == "POST" && !is_supervisor(user))
    throw Forbidden(called(user) + " may not put contacts into queues or close them");
  if (request.path == every) {
    Value::List all;
    for (const Queue& queue : site_.center().queues()) all.push_back(describe(queue));
    return json_answer(std::move(all));
  }
  const QueuePlace place = place_of(request.path);
  const Queue queue = site_.center().queue(place.queue);
  if (place.of_callbacks) return contacts_.call_back(request.body, queue);
  if (!place.of_contacts) return json_answer(describe_whole(queue));
  if (!place.asks_why) return contacts_.answer(request, queue, place.contact);
  const auto asked = request.query.find("language");
  const std::string language = asked == request.query.end() ? site_.config().language : asked->second;
  return json_answer(value_of(queue.explain(place.contact, language), language));
}

Value QueueDesk::describe(const Queue& queue) const {
  const std::optional<Duration> estimate = queue.estimated_wait();
  return Value::Map{{"name", queue.name()},
                    {"waiting", queue.report().waiting},
                    {"estimated_wait", estimate ? Value(seconds(*estimate)) : Value()},
                    {"report", report_of(queue)}};
}

Value QueueDesk::describe_whole(const Queue& queue) const {
  Value::Map whole = *describe(queue).get_if<Value::Map>();
  Value::List agents, waiting;
  for (const AgentConfig& agent : site_.config().agents)
    if (std::find(agent.queues.begin(), agent.queues.end(), queue.name()) != agent.queues.end())
      agents.push_back(agent.options.id);
  for (const std::string& contact : queue.waiting()) waiting.push_back(site_.board().contact(contact));
  whole["agents"] = std::move(agents);
  whole["contacts"] = std::move(waiting);
  return whole;
}

}  // namespace vcsr
