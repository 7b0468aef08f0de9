// SPDX-License-Identifier: Apache-2.0
#include "server/mailbox_desk.hpp"

#include <algorithm>

#include "server/bearer.hpp"
#include "server/mailbox_list.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view all = "/api/mailboxes", below = "/api/mailboxes/", message = "/messages/";

/// What is in "/api/mailboxes/NAME/messages/ID".
struct MessagePlace {
  std::string mailbox, message;
};

MessagePlace place_of(const std::string& path) {
  const std::size_t at = path.rfind(message);
  if (!path.starts_with(below) || at == std::string::npos || at <= below.size())
    throw Error(Error::Code::not_found, "there is no " + path + "; try " + std::string(all));
  return {path.substr(below.size(), at - below.size()), path.substr(at + message.size())};
}

std::string action_of(std::string_view json) {
  const Value value = json.empty() ? Value() : from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) throw Error(Error::Code::invalid, R"(expected JSON: {"do": "heard"})");
  std::string action;
  for (const auto& [field, content] : *fields) {
    if (field != "do") throw Error(Error::Code::invalid, field + ": there is no such field; there is: do");
    action = content.text();
  }
  if (action != "heard" && action != "remove")
    throw Error(Error::Code::invalid, "do: expected \"heard\" or \"remove\", got \"" + action + "\"");
  return action;
}

int status_of(const Error& error) {
  if (error.code() == Error::Code::not_found) return 404;
  return error.code() == Error::Code::refused ? 403 : 400;
}

}  // namespace

bool MailboxDesk::serves(std::string_view path) { return path == all || path.starts_with(below); }

HttpResponse MailboxDesk::answer(const HttpRequest& request) const {
  const bool asks = request.path == all;
  if (request.method != (asks ? "GET" : "POST"))
    return {.status = 405, .body = std::string("only ") + (asks ? "GET" : "POST") + " is served here\n"};
  const std::optional<User> user = user_of(request, users_);
  if (!user) return {.status = 401, .body = "expected a user's token: Authorization: Bearer …\n"};
  try {
    if (!asks) change(request, *user);
    return {.type = "application/json", .body = to_json(list(*user)) + "\n"};
  } catch (const Error& error) {
    return {.status = status_of(error), .body = std::string(error.what()) + "\n"};
  }
}

bool MailboxDesk::may_see(const User& user, const MailboxOptions& mailbox) const {
  switch (user.role) {
    case UserRole::agent: return !user.agent.empty() && mailbox.phone.user() == user.agent;
    case UserRole::supervisor:
      return std::find(user.queues.begin(), user.queues.end(), mailbox.name) != user.queues.end();
    case UserRole::auditor:
    case UserRole::administrator: return true;
  }
  return false;
}

Value MailboxDesk::list(const User& user) const {
  std::vector<Mailbox> seen;
  for (const MailboxOptions& mailbox : site_.config().mailboxes)
    if (may_see(user, mailbox)) seen.push_back(site_.center().mailbox(mailbox.name));
  return list_mailboxes(seen);
}

void MailboxDesk::change(const HttpRequest& request, const User& user) const {
  const MessagePlace place = place_of(request.path);
  const std::string action = action_of(request.body);
  require_right(user, Right::note);
  const std::vector<MailboxOptions>& mailboxes = site_.config().mailboxes;
  const auto mailbox = std::find_if(mailboxes.begin(), mailboxes.end(),
                                    [&](const MailboxOptions& one) { return one.name == place.mailbox; });
  if (mailbox == mailboxes.end() || !may_see(user, *mailbox))
    throw Error(Error::Code::not_found, user.name + " has no mailbox '" + place.mailbox + "'");
  Mailbox kept = site_.center().mailbox(place.mailbox);
  const std::vector<VoicemailMessage> messages = kept.messages();
  if (std::none_of(messages.begin(), messages.end(),
                   [&](const VoicemailMessage& one) { return one.id == place.message; }))
    throw Error(Error::Code::not_found,
                "there is no message '" + place.message + "' in mailbox '" + place.mailbox + "'");
  if (action == "heard") kept.set_heard(place.message);
  else kept.remove(place.message);
}

}  // namespace vcsr
