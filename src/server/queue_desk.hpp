// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/contact_desk.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// Queues over HTTP, for users with their tokens: supervisors, auditors and administrators look, supervisors
/// and administrators (programs with the center's token) put contacts without a call into them.
///
/// GET /api/queues and GET /api/queues/NAME: counts, estimated wait and who waits; GET
/// /api/queues/NAME/contacts/ID/why?language=zh: why a contact waits and why each agent does not take it; the
/// rest below /api/queues/NAME/contacts and /api/queues/NAME/callbacks is ContactDesk's. All answers are
/// JSON.
class QueueDesk {
 public:
  QueueDesk(Loop& loop, Site& site, std::vector<User> users);

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request);

 private:
  HttpResponse act(const HttpRequest& request, const User& user);
  Value describe(const Queue& queue) const;
  Value describe_whole(const Queue& queue) const;

  Site& site_;
  const std::vector<User> users_;
  ContactDesk contacts_;
};

}  // namespace vcsr
