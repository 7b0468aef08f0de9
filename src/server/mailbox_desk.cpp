// SPDX-License-Identifier: Apache-2.0
#include "server/mailbox_desk.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "server/bearer.hpp"
#include "server/mailbox_list.hpp"
#include "server/recording_sound.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::string_view all = "/api/mailboxes", below = "/api/mailboxes/", message = "/messages/",
                           audio = "/audio";

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
  if (error.code() == Error::Code::unavailable) return 503;
  return error.code() == Error::Code::refused ? 403 : 400;
}

bool intersect(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) != others.end();
  });
}

Task<> send(Task<HttpResponse> answering, std::function<void(HttpResponse)> reply) {
  HttpResponse response;
  try {
    response = co_await std::move(answering);
  } catch (const Error& error) {
    response = {.status = status_of(error), .body = std::string(error.what()) + "\n"};
  }
  reply(std::move(response));
}

}  // namespace

bool MailboxDesk::serves(std::string_view path) { return path == all || path.starts_with(below); }

HttpResponse MailboxDesk::answer(const HttpRequest& request) {
  const bool plays = request.path.ends_with(audio);
  const bool asks = plays || request.path == all;
  if (request.method != (asks ? "GET" : "POST"))
    return {.status = 405, .body = std::string("only ") + (asks ? "GET" : "POST") + " is served here\n"};
  const std::optional<User> user = user_of(request, users_);
  if (!user) return {.status = 401, .body = "expected a user's token: Authorization: Bearer …\n"};
  try {
    if (plays) return sound(request, *user);
    if (!asks) change(request, *user);
    return {.type = "application/json", .body = to_json(list(*user)) + "\n"};
  } catch (const Error& error) {
    return {.status = status_of(error), .body = std::string(error.what()) + "\n"};
  }
}

bool MailboxDesk::may_see(const User& user, const MailboxOptions& mailbox) const {
  switch (user.role) {
    case UserRole::agent: return !user.agent.empty() && mailbox.phone.user() == user.agent;
    case UserRole::supervisor: {
      if (intersect({mailbox.name}, user.queues)) return true;
      const std::vector<AgentConfig>& agents = site_.config().agents;
      return std::any_of(agents.begin(), agents.end(), [&](const AgentConfig& agent) {
        return mailbox.phone.user() == agent.options.id && intersect(agent.queues, user.queues);
      });
    }
    case UserRole::auditor:
    case UserRole::administrator: return true;
  }
  return false;
}

bool MailboxDesk::sees(const User& user, const std::string& name) const {
  const std::vector<MailboxOptions>& mailboxes = site_.config().mailboxes;
  return std::any_of(mailboxes.begin(), mailboxes.end(), [&](const MailboxOptions& mailbox) {
    return mailbox.name == name && may_see(user, mailbox);
  });
}

bool MailboxDesk::holds(const MessagePlace& place) const {
  const std::vector<Mailbox> mailboxes = site_.center().mailboxes();
  return std::any_of(mailboxes.begin(), mailboxes.end(), [&](const Mailbox& mailbox) {
    const std::vector<VoicemailMessage> messages = mailbox.messages();
    return mailbox.name() == place.mailbox &&
           std::any_of(messages.begin(), messages.end(),
                       [&](const VoicemailMessage& one) { return one.id == place.message; });
  });
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
  if (!sees(user, place.mailbox))
    throw Error(Error::Code::not_found, user.name + " has no mailbox '" + place.mailbox + "'");
  require_message(place);
  Mailbox kept = site_.center().mailbox(place.mailbox);
  if (action == "heard") kept.set_heard(place.message);
  else kept.remove(place.message);
}

void MailboxDesk::require_message(const MessagePlace& place) const {
  if (holds(place)) return;
  throw Error(Error::Code::not_found,
              "there is no message '" + place.message + "' in mailbox '" + place.mailbox + "'");
}

HttpResponse MailboxDesk::sound(const HttpRequest& request, const User& user) {
  const MessagePlace place = place_of(request.path.substr(0, request.path.size() - audio.size()));
  return {.later = [this, place, user](std::function<void(HttpResponse)> reply) {
    work_.spawn(send(play(place, user), std::move(reply)));
  }};
}

// Whatever becomes of it, the answer is the same.
Task<> MailboxDesk::tell_denial(MessagePlace place, User user) const {
  if (!site_.archive() || !holds(place)) co_return;
  try {
    Task<> telling = site_.archive()->deny(place.message, to_string(Right::listen), user.name);
    co_await std::move(telling);
  } catch (const Error& error) {
    site_.log().error("a denial is not in the ledger", {{"user", user.name}, {"why", error.what()}});
  }
}

Task<HttpResponse> MailboxDesk::play(MessagePlace place, User user) const {
  if (!sees(user, place.mailbox)) {
    Task<> telling = tell_denial(place, user);
    co_await std::move(telling);
    throw Error(Error::Code::refused,
                user.name + " (" + to_string(user.role) + ") may hear the messages of own mailboxes only");
  }
  require_message(place);
  Archive* const archive = site_.archive();
  if (!archive) throw Error(Error::Code::unavailable, "this center keeps no recordings");
  try {
    Task<std::vector<std::uint8_t>> hearing = archive->listen(place.message, user.name);
    const std::vector<std::uint8_t> audible = co_await std::move(hearing);
    co_return recording_sound(audible);
  } catch (const Error& error) {
    if (error.code() != Error::Code::not_found) throw;
    // The mailbox has it, and its file waits for a disk that is slow.
    throw Error(Error::Code::unavailable,
                "message '" + place.message + "' is not in the archive yet; ask again in a moment");
  }
}

}  // namespace vcsr
