// SPDX-License-Identifier: Apache-2.0
#include "app/access.hpp"

#include <algorithm>

namespace vcsr {

namespace {

bool concerns(const User& user, const RecordingDescription& recording) {
  switch (user.role) {
    case UserRole::agent: return !user.agent.empty() && recording.agent == user.agent;
    case UserRole::supervisor:
      return std::find(user.queues.begin(), user.queues.end(), recording.queue) != user.queues.end();
    case UserRole::auditor:
    case UserRole::administrator: return true;
  }
  return false;
}

}  // namespace

const char* to_string(UserRole role) noexcept {
  switch (role) {
    case UserRole::agent: return "agent";
    case UserRole::supervisor: return "supervisor";
    case UserRole::auditor: return "auditor";
    case UserRole::administrator: return "administrator";
  }
  return "";
}

const char* to_string(Right right) noexcept {
  switch (right) {
    case Right::listen: return "listen";
    case Right::overhear: return "overhear";
    case Right::take_out: return "export";
    case Right::note: return "note";
    case Right::hold: return "hold";
    case Right::remove: return "delete";
    case Right::destroy: return "destroy";
    case Right::administer: return "administer";
  }
  return "";
}

bool grants(UserRole role, Right right) {
  switch (role) {
    case UserRole::agent: return right == Right::listen || right == Right::note;
    case UserRole::supervisor:
      return right != Right::remove && right != Right::destroy && right != Right::administer;
    case UserRole::auditor: return right == Right::listen;
    case UserRole::administrator: return true;
  }
  return false;
}

bool may(const User& user, Right right, const RecordingDescription& recording) {
  return grants(user.role, right) && concerns(user, recording);
}

void require_right(const User& user, Right right, const RecordingDescription* recording) {
  const std::string id = recording ? recording->id : "";
  const std::string who = user.name + " (" + to_string(user.role) + ")";
  if (!grants(user.role, right))
    throw Denied(who + " lacks the right \"" + to_string(right) + "\"", id, right);
  if (recording && !concerns(user, *recording))
    throw Denied(who + " has the right \"" + to_string(right) + "\" for " +
                     (user.role == UserRole::agent ? "own calls" : "own queues") + " only: recording " + id +
                     " is another's",
                 id, right);
}

std::optional<User> user_with_token(const std::vector<User>& users, std::string_view token) {
  std::optional<User> found;
  for (const User& user : users)
    if (!user.token.empty() && user.token.matches(token)) found = user;
  return found;
}

}  // namespace vcsr
