// SPDX-License-Identifier: Apache-2.0
#include "core/offering.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/overflow.hpp"
#include "vcsr/base/together.hpp"

namespace vcsr {

namespace {

/// All who are asked, each by a task of its own, which ends with the round.
class Round {
 public:
  Round(Ticket& ticket, const Ask& ask)
      : ticket_(ticket), asking_(ticket.contact().services->loop, [&ticket](std::exception_ptr error) {
          ticket.decided->fail(std::move(error));
        }) {
    ticket.on_joined = [this, &ask](std::shared_ptr<Agent::Impl> agent) {
      asking_.spawn(ask(std::move(agent)));
    };
    // One who cannot be reached at all is out before the next is asked.
    std::vector<std::shared_ptr<Agent::Impl>> all;
    for (const Offering& offering : ticket.offerings()) all.push_back(offering.agent);
    for (auto& agent : all) ticket.on_joined(std::move(agent));
  }
  ~Round() { ticket_.forget_replies(); }
  Round(const Round&) = delete;

 private:
  Ticket& ticket_;
  Scope asking_;
};

Task<> wait_for(Until<std::monostate>& event) { co_await event; }

/// Whether it came before patience ran out.
Task<bool> came(Ticket& ticket, Until<std::monostate>& event, Duration patience) {
  Task<> waiting = wait_for(event);
  if (patience == Duration::max()) {
    co_await std::move(waiting);
    co_return true;
  }
  const Duration left = std::max(patience - ticket.waited(), Duration::zero());
  Task<std::optional<std::monostate>> limited =
      within(ticket.contact().services->loop, left, std::move(waiting));
  co_await std::move(limited);
  if (!event.is_set()) co_return false;
  // Patience was over in the same moment: it may have been the customer who left.
  co_await event;
  co_return true;
}

/// What an agent says is heard by nobody any more.
struct Listening {
  Ticket& ticket;
  ~Listening() { ticket.forget_replies(); }
};

Task<bool> agreed_by_one(Ticket& ticket, Ask ask) {
  const Listening listening{ticket};
  Task<> asking = ask(ticket.offerings().front().agent);
  co_await std::move(asking);
  co_return ticket.agreed();
}

/// Whether one of those to whom it is offered takes it. They may end what they have begun when patience is
/// over.
Task<bool> agreed_by_some(Ticket& ticket, Ask ask, Duration patience) {
  const Round round(ticket, ask);
  Task<bool> deciding = came(ticket, *ticket.decided, patience);
  const bool in_time = co_await std::move(deciding);
  if (!in_time) {
    ticket.admit_no_more();
    Task<bool> ending = came(ticket, *ticket.decided, Duration::max());
    co_await std::move(ending);
  }
  co_return ticket.agreed();
}

}  // namespace

Task<Search> agent_found(Ticket& ticket, Ask ask, Duration patience) {
  for (;;) {
    if (patience == Duration::max()) {
      co_await *ticket.found;
    } else {
      Task<bool> finding = came(ticket, *ticket.found, patience);
      const bool found = co_await std::move(finding);
      if (!found) co_return Search::timed_out;
    }
    if (ticket.deserted()) co_return Search::deserted;
    if (!ticket.offerings().empty()) {
      Task<bool> agreeing =
          ticket.in_group() ? agreed_by_some(ticket, ask, patience) : agreed_by_one(ticket, ask);
      const bool taken = co_await std::move(agreeing);
      if (taken) co_return Search::found;
    }
    ticket.seek();
  }
}

}  // namespace vcsr
