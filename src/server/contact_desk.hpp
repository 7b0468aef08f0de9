// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/site.hpp"
#include "server/http_message.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

/// Contacts without a call that other programs (a chat server, a mail gateway) put into queues.
///
/// POST /api/queues/NAME/contacts with {"channel": "chat", "from": "…", "reason": "…"} opens one, which then
/// waits in the queue; GET …/contacts/ID is its state, with ?wait=20 once it has ended or so many seconds
/// later; POST …/contacts/ID with {"do": "close"} ends it, for the customer has left. Whoever asks has been
/// found to be allowed to.
class ContactDesk {
 public:
  /// Of those that are over so many are remembered; of others the center's records tell.
  static constexpr std::size_t ended_kept = 1000;

  ContactDesk(Loop& loop, Site& site) : loop_(loop), site_(site), work_(loop) {}
  ~ContactDesk();
  ContactDesk(const ContactDesk&) = delete;

  /// `contact`: "" to open one. Throws Error.
  HttpResponse answer(const HttpRequest& request, const Queue& queue, const std::string& contact);
  /// POST /api/queues/NAME/callbacks with {"to": "…"}: the customer is called back when it is her turn.
  /// Answers once that is durable.
  HttpResponse call_back(const std::string& json, Queue queue);

 private:
  using Reply = std::function<void(HttpResponse)>;
  struct Waiting {
    Reply reply;
    Loop::TimerId timer;
  };
  struct Put {
    Contact contact;
    std::string queue;
    std::optional<Served> served = {};
    bool over = false;
    std::map<int, Waiting> waiting = {};
  };

  HttpResponse open(const std::string& json, const Queue& queue);
  HttpResponse tell(const std::string& id, const HttpRequest& request);
  HttpResponse tell_later(const std::string& id, Duration limit);
  HttpResponse close(const std::string& id, const std::string& json);
  Task<> see_to(Queue queue, Contact contact, ServeOptions options);
  Task<> tell_from_record(std::string id, Reply reply);
  Task<> promise(std::string id, Reply reply);
  void end(const std::string& id);
  Value state(const std::string& id) const;

  Loop& loop_;
  Site& site_;
  std::map<std::string, Put, std::less<>> put_;
  std::deque<std::string> ended_;  ///< of put_, the oldest first
  int next_waiting_ = 0;
  Scope work_;
};

}  // namespace vcsr
