// SPDX-License-Identifier: Apache-2.0
#include "server/caller_list_desk.hpp"

#include <optional>
#include <string>

#include "server/bearer.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view every = "/api/caller-lists", below = "/api/caller-lists/";

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::invalid, why); }

struct Order {
  std::string action, number, reason;
  std::optional<WallTime> until = {};
};

WallTime after(WallTime now, const Value& seconds) {
  const std::int64_t* const count = seconds.get_if<std::int64_t>();
  constexpr std::int64_t century = 100LL * 366 * 86400;
  if (!count || *count < 1 || *count > century)
    refuse("for: expected a whole number of seconds from 1, got " + to_json(seconds));
  return now + std::chrono::seconds(*count);
}

Order parse_order(std::string_view json, WallTime now) {
  const Value value = json.empty() ? Value() : from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) refuse(R"(expected JSON: {"do": "add", "number": "+86138*", "reason": "nuisance"})");
  Order order;
  for (const auto& [field, content] : *fields) {
    if (field == "do") order.action = content.text();
    else if (field == "number") order.number = content.text();
    else if (field == "reason") order.reason = content.text();
    else if (field == "until") order.until = parse_wall_time(content.text());
    else if (field == "for") order.until = after(now, content);
    else refuse(field + ": there is no such field; there are: do, number, reason, for, until");
  }
  if (order.action != "add" && order.action != "remove")
    refuse("do: expected \"add\" or \"remove\", got \"" + order.action + "\"");
  if (fields->contains("for") && fields->contains("until")) refuse("expected either for or until");
  if (order.action == "remove" && order.until) refuse("for, until: say nothing about what is removed");
  return order;
}

int status_of(const Error& error) {
  if (error.code() == Error::Code::not_found) return 404;
  return error.code() == Error::Code::refused ? 409 : 400;
}

bool may_read(const User& user) { return user.role != UserRole::agent; }
bool may_change(const User& user) {
  return user.role == UserRole::supervisor || user.role == UserRole::administrator;
}

}  // namespace

bool CallerListDesk::serves(std::string_view path) { return path == every || path.starts_with(below); }

HttpResponse CallerListDesk::answer(const HttpRequest& request) const {
  const bool asks = request.path == every;
  if (request.method != (asks ? "GET" : "POST"))
    return {.status = 405, .body = std::string("only ") + (asks ? "GET" : "POST") + " is served here\n"};
  const std::optional<User> user = user_of(request, users_);
  if (!user) return {.status = 401, .body = "expected a user's token: Authorization: Bearer …\n"};
  if (!(asks ? may_read(*user) : may_change(*user)))
    return {.status = 403,
            .body = user->name + " (" + to_string(user->role) + ") may not " + (asks ? "see" : "change") +
                    " lists of callers\n"};
  try {
    if (!asks) change(request, *user);
    return {.type = "application/json", .body = to_json(all()) + "\n"};
  } catch (const Error& error) {
    return {.status = status_of(error), .body = std::string(error.what()) + "\n"};
  }
}

void CallerListDesk::change(const HttpRequest& request, const User& user) const {
  CallerList list = center_.caller_list(request.path.substr(below.size()));
  Order order = parse_order(request.body, loop_.wall_time());
  if (order.action == "remove") return list.remove(order.number, user.name, order.reason);
  list.add({.number = order.number, .reason = order.reason, .until = order.until, .by = user.name});
}

Value CallerListDesk::all() const {
  Value::List lists;
  for (const CallerList& list : center_.caller_lists()) {
    Value::List entries;
    for (const CallerEntry& entry : list.entries())
      entries.push_back(Value::Map{{"number", entry.number},
                                   {"reason", entry.reason},
                                   {"until", entry.until ? Value(to_string(*entry.until)) : Value()},
                                   {"by", entry.by},
                                   {"since", entry.since ? Value(to_string(*entry.since)) : Value()}});
    const bool blocked = list.kind() == CallerListOptions::Kind::blocked;
    lists.push_back(Value::Map{
        {"name", list.name()}, {"kind", blocked ? "blocked" : "favored"}, {"entries", std::move(entries)}});
  }
  return lists;
}

}  // namespace vcsr
