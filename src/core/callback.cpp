// SPDX-License-Identifier: Apache-2.0
#include "core/callback.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/caller_number.hpp"
#include "core/contact_service.hpp"
#include "core/listening.hpp"
#include "core/serving.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// One attempt: the contact has a call as long as this lives.
class Attempt {
 public:
  Attempt(std::shared_ptr<Contact::Impl> contact, Driver& driver)
      : call(std::make_shared<Call::Impl>(contact->services, driver, contact)) {
    contact->legs.clear();
    call->awaited = true;
    contact->services->admit(call);
  }
  Attempt(const Attempt&) = delete;
  ~Attempt() {
    if (!call->services->open) return;
    call->hang_up(Cause::normal);
    call->recorders.clear();
    call->drop_legs();
    call->services->dismiss(call);
  }

  const std::shared_ptr<Call::Impl> call;
};

/// What came of calling the customer.
struct Reply {
  Reached reached = Reached::unreachable;
  bool agent_left = false;
};

Task<> until_ended(std::shared_ptr<Call::Impl> call) {
  UntilEnd end(call->services->loop, call->waiters);
  co_await end;
}

Task<> until_closed(std::shared_ptr<Contact::Impl> contact) {
  UntilEnd end(contact->services->loop, contact->waiters);
  co_await end;
}

Task<> until_alone(std::shared_ptr<Call::Impl> call) {
  while (call->conversation.in_charge) co_await change(call);
}

/// Until the customer answers, or it is known why not; `party` is the agent who waits for her, or null.
Task<Reply> ring_customer(std::shared_ptr<Call::Impl> call, Duration ring_time, Address from) {
  Loop& loop = call->services->loop;
  const bool agent_waits = call->conversation.in_charge != nullptr;
  Reply reply;
  try {
    call->leg = call->driver.dial(call->contact->to, *call, {.from = std::move(from)});
    Task<Cause> listening = listen_while_ringing(call);
    Task<std::optional<Cause>> limited = within(loop, ring_time, std::move(listening));
    Task<> leaving = agent_waits ? until_alone(call) : until_ended(call);
    Task<std::variant<std::optional<Cause>, std::monostate>> either =
        first_of(loop, std::move(limited), std::move(leaving));
    const std::variant<std::optional<Cause>, std::monostate> first = co_await std::move(either);
    reply.agent_left = agent_waits && first.index() == 1;
    const std::optional<Cause> told = first.index() == 0 ? std::get<0>(first) : std::nullopt;
    if (!call->answered) call->hang_up(reply.agent_left ? Cause::normal : told.value_or(Cause::no_answer));
  } catch (const Hangup&) {
    // Told by what the call ended with.
  }
  reply.reached = call->answered ? Reached::answered : reached_by(call->cause);
  co_return reply;
}

Duration waited_before(const Services& services, const Callback& callback) {
  return std::max(Duration::zero(), services.loop.now() - services.on_loop(callback.entered));
}

/// Before each call.
Task<> until_due(std::shared_ptr<Contact::Impl> contact, const CallbackTerms& terms) {
  Loop& loop = contact->services->loop;
  for (;;) {
    const WallTime now = loop.wall_time();
    std::optional<WallTime> due = std::max(now, contact->callback->next.value_or(now));
    if (terms.hours) due = terms.hours->next_opening(*due);
    if (due && *due <= now) co_return;
    // Hours that never open again may be others when the program runs again.
    co_await loop.sleep(due ? *due - now : Duration::max());
  }
}

void note(Contact::Impl& contact, Reached reached, const CallbackTerms& terms, const std::string& agent) {
  Callback& callback = *contact.callback;
  if (reached != Reached::answered) ++callback.tries;
  callback.next.reset();
  if (reached != Reached::answered && callback.tries < terms.tries)
    callback.next = contact.services->loop.wall_time() + terms.retry_after;
  contact.append(events::contact_called_back, {{"queue", callback.queue},
                                               {"agent", agent},
                                               {"result", to_string(reached)},
                                               {"tries", callback.tries},
                                               {"again", callback.next ? to_string(*callback.next) : ""}});
}

/// Throws Hangup when the call is ended meanwhile.
Task<> bring_agent(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Ticket& ticket) {
  Task<Search> finding = find_agent(call, queue, ticket, Duration::max());
  Task<> ending = until_ended(call);
  Task<std::variant<Search, std::monostate>> either =
      first_of(call->services->loop, std::move(finding), std::move(ending));
  const std::variant<Search, std::monostate> first = co_await std::move(either);
  if (first.index() == 1) throw Hangup();
  ticket.engage();
}

/// Until an agent is reserved for it.
Task<> until_turn(Ticket& ticket) {
  for (;;) {
    co_await *ticket.found;
    if (!ticket.offerings().empty()) co_return;
    ticket.seek();
  }
}

std::string agent_of(const Ticket& ticket) {
  return ticket.offerings().empty() ? std::string() : ticket.offerings().front().agent->options.id;
}

/// With the customer on the line, until the end of it.
Task<> converse(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                std::optional<Ticket>& ticket) {
  try {
    if (call->conversation.in_charge) {
      Task<Duration> talking = talk_with_agent(call, queue, ticket);
      co_await std::move(talking);
    } else {
      Task<> preparing = prepare_conversation(call, queue->options);
      co_await std::move(preparing);
      Task<Served> waiting = wait_in_line(queue, call, ticket, Duration::max());
      co_await std::move(waiting);
    }
  } catch (const Hangup&) {
    // She has left; what came of it is known.
  }
  ticket.reset();
  for (std::size_t i = 0; i < call->recorders.size(); ++i) {
    Task<RecordingResult> stopping = call->recorders[i].stop();
    co_await std::move(stopping);
  }
}

/// One call to the customer, as soon as an agent can have her. Agents who leave again do not count.
Task<Reached> call_once(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact) {
  const CallbackTerms& terms = *queue->options.callback;
  Services& services = *contact->services;
  const auto before = std::exchange(contact->resumption, {});
  std::optional<Timestamp> resumes;
  if (before && before->waiting) resumes = before->joined;
  std::optional<Ticket> ticket(std::in_place, queue, contact, contact->waiters, contact->callback->priority,
                               waited_before(services, *contact->callback), resumes);
  ticket->seek();
  for (;;) {
    Task<> waiting = until_turn(*ticket);
    co_await std::move(waiting);
    Driver* const driver = services.driver_for(contact->to);
    std::optional<Attempt> attempt;
    Reply reply;
    if (driver) {
      attempt.emplace(contact, *driver);
      if (terms.first == CallbackTerms::First::agent) {
        Task<> bringing = bring_agent(queue, attempt->call, *ticket);
        co_await std::move(bringing);
      }
      Task<Reply> ringing = ring_customer(attempt->call, terms.ring_time, contact->from);
      reply = co_await std::move(ringing);
    }
    if (services.suspended && reply.reached != Reached::answered) throw Hangup();
    if (reply.agent_left) {
      ticket->lose_agent();
      ticket->seek();
      continue;
    }
    note(*contact, reply.reached, terms, agent_of(*ticket));
    if (reply.reached == Reached::answered) {
      Task<> conversing = converse(queue, attempt->call, ticket);
      co_await std::move(conversing);
    } else {
      ticket->leave_unreached();
    }
    co_return reply.reached;
  }
}

Task<> call_until_reached(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact) {
  const CallbackTerms& terms = *queue->options.callback;
  for (;;) {
    Task<> waiting = until_due(contact, terms);
    co_await std::move(waiting);
    Task<Reached> calling = call_once(queue, contact);
    const Reached reached = co_await std::move(calling);
    if (reached == Reached::answered || contact->callback->tries >= terms.tries) co_return;
  }
}

void adopt(Contact::Impl& contact, const Contact::Impl& caller) {
  contact.customer.history = caller.customer.history;
  contact.customer.customer = caller.customer.customer;
  if (const auto& known = contact.customer.customer)
    contact.append(events::contact_identified, {{"customer", known->id},
                                                {"name", known->name},
                                                {"by", "callback"},
                                                {"indicators", known->indicators},
                                                {"contacts", contact.customer.history.size()}});
  Contact handle(contact.shared_from_this());
  handle.set_reason(Reason(caller.reason));
  handle.set_language(caller.language);
  if (caller.verification != Verification::none) handle.set_verification(caller.verification);
  if (!caller.required.anybody()) handle.require(caller.required);
  if (!caller.preferred_agent.empty()) handle.prefer_agent(caller.preferred_agent, caller.preferred_for);
  for (const auto& [key, value] : caller.customer.collected) handle.customer().set(key, value);
}

/// Throws Error.
void require_callable(const Queue::Impl& queue, const CallbackRequest& request, const std::string& number) {
  const auto refuse = [&queue](const std::string& why) {
    throw Error(Error::Code::refused, "queue '" + queue.options.name + "': " + why);
  };
  if (!queue.options.callback) refuse("nobody is called back: there are no callback terms");
  const CallbackTerms& terms = *queue.options.callback;
  if (number == withheld) refuse("a caller without a number cannot be called back");
  if (const std::string why = refusal_of(terms, number); !why.empty()) refuse(why);
  std::size_t open = 0;
  for (const auto& [id, contact] : queue.services->contacts) {
    if (!contact->callback || contact->leaving) continue;
    if (contact->callback->number == number) refuse("the number " + number + " is to be called back already");
    open += contact->callback->queue == queue.options.name ? 1U : 0U;
  }
  if (open >= terms.limit) refuse("there are " + std::to_string(open) + " callbacks already");
  if (request.at && terms.hours && !terms.hours->open_at(*request.at))
    throw Error(Error::Code::invalid, "queue '" + queue.options.name + "': " + to_string(*request.at) +
                                          " is out of the hours at which it calls back");
}

}  // namespace

Contact open_callback(const std::shared_ptr<Queue::Impl>& queue, CallbackRequest request,
                      const Contact::Impl* caller) {
  const std::string number = number_of(request.to);
  require_callable(*queue, request, number);
  const std::shared_ptr<Services> services = queue->services;
  const CallbackTerms& terms = *queue->options.callback;
  Address from = request.from.uri.empty() ? terms.from : request.from;
  if (from.uri.empty() && caller) from = caller->outgoing ? caller->from : caller->to;
  const auto contact =
      std::make_shared<Contact::Impl>(services, Channel::callback, std::move(from), request.to);
  contact->without_call = contact->outgoing = true;
  const WallTime now = services->loop.wall_time();
  contact->callback = Callback{.queue = queue->options.name,
                               .number = number,
                               .priority = request.priority + (request.at ? terms.preference : 0),
                               .entered = request.at.value_or(now) - request.waited,
                               .next = request.at};
  contact->append(events::contact_arrived, {{"channel", to_string(contact->channel)},
                                            {"from", contact->from.uri},
                                            {"to", contact->to.uri},
                                            {"name", contact->to.name},
                                            {"direction", "out"},
                                            {"driver_id", ""}});
  contact->append(events::contact_callback, {{"queue", contact->callback->queue},
                                             {"number", number},
                                             {"priority", contact->callback->priority},
                                             {"before", seconds(request.waited)},
                                             {"at", request.at ? to_string(*request.at) : ""},
                                             {"caller", caller ? caller->id : ""}});
  services->contacts.emplace(contact->id, contact);
  Contact handle(contact);
  if (caller) adopt(*contact, *caller);
  if (!request.reason.empty()) handle.set_reason(Reason(std::move(request.reason)));
  if (!request.language.empty()) handle.set_language(std::move(request.language));
  for (const auto& [key, value] : request.collected) handle.customer().set(key, value);
  services->call_back(contact);
  return handle;
}

Task<> serve_callback(std::shared_ptr<Contact::Impl> contact) {
  const std::shared_ptr<Services> services = contact->services;
  const auto queue = services->queues.at(contact->callback->queue).lock();
  ++contact->serving;
  try {
    Task<> calling = call_until_reached(queue, contact);
    Task<> closing = until_closed(contact);
    Task<std::variant<std::monostate, std::monostate>> either =
        first_of(services->loop, std::move(calling), std::move(closing));
    co_await std::move(either);
  } catch (const Hangup&) {
    // The program ends while nobody talks yet.
  } catch (const std::exception& error) {
    contact->error = error.what();
    contact->append(events::dialogue_failed, {{"error", error.what()}});
    services->log.error("a customer is not called back", {{"contact", contact->id}, {"error", error.what()}});
  }
  --contact->serving;
  if (services->suspended && !contact->served && !contact->leaving) co_return;
  contact->leave();
  contact->conclude();
}

}  // namespace vcsr
