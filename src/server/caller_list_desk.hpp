// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "app/access.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/center.hpp"

namespace vcsr {

/// Lists of callers over HTTP, for users with their tokens: supervisors and administrators change them,
/// auditors read them.
///
/// GET /api/caller-lists: [{"name", "kind", "entries": [{"number", "reason", "until", "by", "since"}]}];
/// POST /api/caller-lists/NAME with {"do": "add", "number": "+86138*", "reason": "…", "for": 86400 (seconds)
/// or "until": "2026-12-31T00:00:00.000Z"} or {"do": "remove", "number": "+86138*", "reason": "…"} answers
/// the same. Whose token it is is who did it.
class CallerListDesk {
 public:
  CallerListDesk(Loop& loop, Center& center, std::vector<User> users)
      : loop_(loop), center_(center), users_(std::move(users)) {}

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request) const;

 private:
  void change(const HttpRequest& request, const User& user) const;
  Value all() const;

  Loop& loop_;
  Center& center_;
  const std::vector<User> users_;
};

}  // namespace vcsr
