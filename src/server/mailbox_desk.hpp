// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/http_message.hpp"

namespace vcsr {

/// Mailboxes over HTTP, for users with their tokens: agents have the mailbox of their telephone, supervisors
/// those called like their queues, auditors and administrators all.
///
/// GET /api/mailboxes lists them with their messages; POST /api/mailboxes/NAME/messages/ID with
/// {"do": "heard"} or {"do": "remove"} does that with one, for all but auditors. A message is heard
/// as the recording of its id.
class MailboxDesk {
 public:
  MailboxDesk(Site& site, std::vector<User> users) : site_(site), users_(std::move(users)) {}

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request) const;

 private:
  bool may_see(const User& user, const MailboxOptions& mailbox) const;
  Value list(const User& user) const;
  void change(const HttpRequest& request, const User& user) const;

  Site& site_;
  const std::vector<User> users_;
};

}  // namespace vcsr
