// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// Agents over HTTP, for users with their tokens: agents see themselves and act for themselves, supervisors
/// see and order all, administrators may do either, auditors look.
///
/// GET /api/me is who the user is; GET /api/agents and GET /api/agents/ID are states, pending choices and
/// contacts in hand; POST /api/agents/ID with {"do": …} is an order (see order_agent()), answered with the
/// agent's state after it. All answers are JSON.
class AgentDesk {
 public:
  AgentDesk(Loop& loop, Site& site, std::vector<User> users)
      : loop_(loop), site_(site), users_(std::move(users)) {}

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request) const;

 private:
  HttpResponse act(const HttpRequest& request, const User& user) const;
  Value who(const User& user) const;
  Value list(const User& user) const;
  Value describe(const Agent& agent) const;
  Value in_hand(const Agent& agent) const;
  std::string wall(Timestamp moment) const;

  Loop& loop_;
  Site& site_;
  const std::vector<User> users_;
};

}  // namespace vcsr
