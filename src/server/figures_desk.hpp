// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/http_message.hpp"

namespace vcsr {

/// Key figures by interval over HTTP, for all users but agents: GET /api/figures as JSON, GET
/// /api/figures/queues.csv and GET /api/figures/agents.csv; ?by=enqueue has contacts belong to the interval
/// in which they entered, ?by=end (the default) what happens to that in which it does.
class FiguresDesk {
 public:
  FiguresDesk(const Site& site, std::vector<User> users) : site_(site), users_(std::move(users)) {}

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request) const;

 private:
  HttpResponse act(const HttpRequest& request, const User& user) const;

  const Site& site_;
  const std::vector<User> users_;
};

}  // namespace vcsr
