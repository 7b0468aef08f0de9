// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

/// What is in "/api/mailboxes/NAME/messages/ID".
struct MessagePlace {
  std::string mailbox, message;
};

/// Mailboxes over HTTP, for users with their tokens: agents have the mailbox of their telephone, supervisors
/// those of the agents of their queues and those called like these, auditors and administrators all.
///
/// GET /api/mailboxes lists them with their messages; POST /api/mailboxes/NAME/messages/ID with
/// {"do": "heard"} or {"do": "remove"} does that with one, for all but auditors. GET of the same with /audio
/// is its sound; for another's mailbox it is answered 403, whether there is such a one or not, and who asked
/// for a message stands in the ledger either way.
class MailboxDesk {
 public:
  MailboxDesk(Loop& loop, Site& site, std::vector<User> users)
      : site_(site), users_(std::move(users)), work_(loop) {}

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request);

 private:
  bool may_see(const User& user, const MailboxOptions& mailbox) const;
  bool sees(const User& user, const std::string& mailbox) const;
  bool holds(const MessagePlace& place) const;
  Value list(const User& user) const;
  void change(const HttpRequest& request, const User& user) const;
  HttpResponse sound(const HttpRequest& request, const User& user);
  /// Throws Error(not_found).
  void require_message(const MessagePlace& place) const;
  Task<> tell_denial(MessagePlace place, User user) const;
  Task<HttpResponse> play(MessagePlace place, User user) const;

  Site& site_;
  const std::vector<User> users_;
  Scope work_;
};

}  // namespace vcsr
