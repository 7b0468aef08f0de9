// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "server/http_message.hpp"

namespace vcsr {

/// Whose token the request bears; nothing when it is nobody's.
inline std::optional<User> user_of(const HttpRequest& request, const std::vector<User>& users) {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view given = request.authorization;
  if (!given.starts_with(bearer)) return {};
  return user_with_token(users, given.substr(bearer.size()));
}

}  // namespace vcsr
