// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/site.hpp"
#include "server/agent_desk.hpp"
#include "server/caller_list_desk.hpp"
#include "server/figures_desk.hpp"
#include "server/http_server.hpp"
#include "server/mailbox_desk.hpp"
#include "server/queue_desk.hpp"
#include "server/recording_desk.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

/// The status page of a site: a page that shows its board, live by server-sent events whose ids are the
/// journal's numbers. GET / is the page, /events the stream, /api/board the board as JSON. With a token in
/// the configuration POST /api/calls has calls made, POST /api/contacts/ID/recording begins, pauses, resumes
/// and ends a recording, and POST /api/contacts/ID/parties switches between those in a call; GET
/// /api/parked lists who is parked, and POST /api/pickups has an agent pick up a call. Users have recordings
/// and mailboxes, by API and on the page once they have signed in.
class StatusPage {
 public:
  /// Serves at once. Throws Error(unavailable) that names the port in use.
  StatusPage(AsioLoop& loop, Site& site, const WebConfig& config);
  ~StatusPage();
  StatusPage(const StatusPage&) = delete;

  /// Where a browser finds it: "http://127.0.0.1:8080/".
  std::string url() const;

 private:
  HttpResponse answer(const HttpRequest& request) const;
  /// For programs that have the token.
  HttpResponse order(const HttpRequest& request) const;
  /// The same response, once what the journal holds by now is durable.
  HttpResponse on_record(HttpResponse response) const;
  HttpResponse make_call(const HttpRequest& request) const;
  HttpResponse pick_up(const HttpRequest& request) const;
  HttpResponse recording(const HttpRequest& request) const;
  HttpResponse parties(const HttpRequest& request) const;
  /// With what an operator should know of.
  Value board() const;
  std::string picture() const;
  void changed();

  AsioLoop& loop_;
  Site& site_;
  WebConfig config_;
  std::unique_ptr<Scope> work_;                   ///< calls that ring on somebody's order
  std::unique_ptr<RecordingDesk> desk_;           ///< null without a token and users
  std::unique_ptr<AgentDesk> agents_;             ///< null where nobody has a token
  std::unique_ptr<QueueDesk> queues_;             ///< the same
  std::unique_ptr<FiguresDesk> figures_;          ///< the same
  std::unique_ptr<CallerListDesk> caller_lists_;  ///< the same
  std::unique_ptr<MailboxDesk> mailboxes_;        ///< the same
  std::unique_ptr<HttpServer> server_;
  std::optional<Loop::TimerId> telling_;
  Journal::Subscription following_;
};

}  // namespace vcsr
