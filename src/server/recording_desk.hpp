// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.hpp"
#include "app/site.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

/// Recordings over HTTP, for users with their tokens and rights: who may not is answered 403 with the right
/// that is missing, and stands in the ledger and the journal.
///
/// GET /api/contacts/ID/listen lets a program hear an open call, as endless WAV; POST of the same
/// gives a browser, whose <audio> cannot send a token, an address that does so once. GET /api/recordings
/// lists the newest, POST searches; GET /api/recordings/ID tells all that is known of one, /audio is its
/// sound, /export the same to take along, and POST does something with it.
class RecordingDesk {
 public:
  RecordingDesk(Loop& loop, Site& site, std::vector<User> users);

  static bool serves(std::string_view path);
  HttpResponse answer(const HttpRequest& request);

 private:
  struct Ticket {
    std::string contact;
    User user;
    Timestamp until;
  };
  using Reply = std::function<void(HttpResponse)>;

  Task<> serve(HttpRequest request, User user, Reply reply);
  Task<HttpResponse> act(HttpRequest request, User user);
  Task<HttpResponse> find(RecordingQuery query, User user);
  Task<HttpResponse> act_on(std::string id, std::string what, HttpRequest request, User user);
  Task<HttpResponse> overhear(std::string contact, User user);
  /// The open call of the contact, which this user may hear.
  Call audible(const std::string& contact, const User& user) const;
  HttpResponse make_ticket(const std::string& contact, const User& user);
  std::optional<Ticket> use_ticket(const std::string& name);

  Loop& loop_;
  Site& site_;
  const std::vector<User> users_;
  std::map<std::string, Ticket> tickets_;
  Scope work_;
};

}  // namespace vcsr
