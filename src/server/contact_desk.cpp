// SPDX-License-Identifier: Apache-2.0
#include "server/contact_desk.hpp"

#include <charconv>
#include <utility>

#include "server/contact_order.hpp"
#include "server/desk_answer.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

/// Shorter than the patience of the server and of what may be between it and the client.
constexpr int longest_wait = 20;

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

Duration wait_in(const HttpRequest& request) {
  const auto asked = request.query.find("wait");
  if (asked == request.query.end()) return {};
  const std::string& text = asked->second;
  int whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc() || end != text.data() + text.size() || whole < 1 || whole > longest_wait)
    throw Error(Error::Code::invalid, "wait: expected whole seconds from 1 to 20, got \"" + text + "\"");
  return std::chrono::seconds(whole);
}

Value value_of(const ContactRecord& record) {
  return Value::Map{{"contact", record.id},
                    {"channel", record.channel},
                    {"state", "ended"},
                    {"outcome", record.outcome},
                    {"queue", record.queue},
                    {"agent", record.agent},
                    {"waited", seconds(record.waited)},
                    {"talked", seconds(record.talked)}};
}

[[noreturn]] void refuse_unknown(const std::string& id) {
  throw Error(Error::Code::not_found, "there is no contact without a call '" + id + "'");
}

}  // namespace

ContactDesk::~ContactDesk() {
  for (const auto& [id, put] : put_)
    for (const auto& [number, waiting] : put.waiting) loop_.cancel(waiting.timer);
}

HttpResponse ContactDesk::answer(const HttpRequest& request, const Queue& queue, const std::string& contact) {
  if (contact.empty()) return open(request.body, queue);
  return request.method == "POST" ? close(contact, request.body) : tell(contact, request);
}

HttpResponse ContactDesk::open(const std::string& json, const Queue& queue) {
  const ContactOrder order = parse_contact_order(json);
  Contact contact = site_.center().open(order.contact);
  contact.require(order.requirement);
  if (!order.prefer_agent.empty()) contact.prefer_agent(order.prefer_agent, order.prefer_for);
  put_.emplace(contact.id(), Put{.contact = contact, .queue = queue.name()});
  work_.spawn(see_to(queue, contact, order.serve));
  return json_answer(state(contact.id()), 201);
}

HttpResponse ContactDesk::call_back(const std::string& json, Queue queue) {
  const std::string id = queue.call_back(parse_callback_order(json)).id();
  return {.later = [this, id](Reply reply) { work_.spawn(promise(id, std::move(reply))); }};
}

Task<> ContactDesk::promise(std::string id, Reply reply) {
  co_await site_.journal().durable();
  reply(json_answer(state(id), 201));
}

Task<> ContactDesk::see_to(Queue queue, Contact contact, ServeOptions options) {
  try {
    Task<Served> serving = queue.serve(contact, options);
    const Served served = co_await std::move(serving);
    put_.at(contact.id()).served = served;
  } catch (const Hangup&) {
    // Closed meanwhile: its outcome says so.
  }
  contact.close();
  end(contact.id());
}

void ContactDesk::end(const std::string& id) {
  Put& put = put_.at(id);
  put.over = true;
  const HttpResponse response = json_answer(state(id));
  for (const auto& [number, waiting] : std::exchange(put.waiting, {})) {
    loop_.cancel(waiting.timer);
    waiting.reply(response);
  }
  ended_.push_back(id);
  if (ended_.size() <= ended_kept) return;
  put_.erase(ended_.front());
  ended_.pop_front();
}

Value ContactDesk::state(const std::string& id) const {
  const auto put = put_.find(id);
  if (put == put_.end() || !put->second.over) {
    const Value::Map seen = *site_.board().contact(id).get_if<Value::Map>();
    const std::string state = seen.contains("state") ? seen.at("state").text() : "arriving";
    return Value::Map{{"contact", id},
                      {"state", state},
                      {"queue", seen.contains("queue") ? seen.at("queue") : Value("")},
                      {"agent", seen.contains("agent") ? seen.at("agent") : Value("")}};
  }
  const Put& over = put->second;
  Value::Map value{{"contact", id}, {"state", "ended"}, {"outcome", to_string(over.contact.outcome())}};
  if (!over.served) return value;
  value["result"] = to_string(over.served->result);
  value["queue"] = over.served->queue.empty() ? over.queue : over.served->queue;
  value["agent"] = over.served->agent;
  value["waited"] = seconds(over.served->waited);
  value["talked"] = seconds(over.served->talked);
  return value;
}

HttpResponse ContactDesk::tell(const std::string& id, const HttpRequest& request) {
  const Duration wait = wait_in(request);
  const auto put = put_.find(id);
  if (put != put_.end() && !put->second.over && wait > Duration::zero()) return tell_later(id, wait);
  if (put != put_.end() || site_.center().find_contact(id)) return json_answer(state(id));
  return {.later = [this, id](Reply reply) { work_.spawn(tell_from_record(id, std::move(reply))); }};
}

HttpResponse ContactDesk::tell_later(const std::string& id, Duration limit) {
  return {.later = [this, id, limit](Reply reply) {
    const auto put = put_.find(id);
    if (put == put_.end() || put->second.over) return reply(json_answer(state(id)));
    const int number = ++next_waiting_;
    const Loop::TimerId timer = loop_.at(loop_.now() + limit, [this, id, number] {
      const auto waiting = put_.at(id).waiting.extract(number);
      waiting.mapped().reply(json_answer(state(id)));
    });
    put->second.waiting.emplace(number, Waiting{std::move(reply), timer});
  }};
}

Task<> ContactDesk::tell_from_record(std::string id, Reply reply) {
  HttpResponse response;
  try {
    Task<std::optional<ContactRecord>> finding = site_.customers().contact(id);
    const std::optional<ContactRecord> record = co_await std::move(finding);
    if (!record) refuse_unknown(id);
    response = json_answer(value_of(*record));
  } catch (const Error& error) {
    response = json_failure(error);
  }
  reply(std::move(response));
}

HttpResponse ContactDesk::close(const std::string& id, const std::string& json) {
  const Facts fields = fields_of(json, R"({"do": "close"})");
  require_fields(fields, {"do"});
  if (const std::string action = text_field(fields, "do"); action != "close")
    throw Error(Error::Code::invalid, "do: expected \"close\", got \"" + action + "\"");
  std::optional<Contact> contact = site_.center().find_contact(id);
  const auto put = put_.find(id);
  if (!contact && put == put_.end()) refuse_unknown(id);
  if (contact) contact->close();
  return json_answer(state(id));
}

}  // namespace vcsr
