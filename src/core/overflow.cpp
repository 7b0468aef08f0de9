// SPDX-License-Identifier: Apache-2.0
#include "core/overflow.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "core/callback.hpp"
#include "core/contact_service.hpp"
#include "core/mailbox_impl.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

std::optional<Overflow::When> when_of(Served::Result result) {
  switch (result) {
    case Served::Result::full: return Overflow::When::full;
    case Served::Result::nobody: return Overflow::When::nobody;
    case Served::Result::long_wait: return Overflow::When::long_wait;
    case Served::Result::timed_out: return Overflow::When::waited;
    case Served::Result::key: return Overflow::When::key;
    case Served::Result::closed: return Overflow::When::closed;
    case Served::Result::served:
    case Served::Result::overflowed: break;
  }
  return std::nullopt;
}

/// Whether the caller is to be called back; who was asked while she waited is not asked again.
Task<bool> call_back_from(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Overflow rule,
                          int priority, Duration waited) {
  if (rule.when == Overflow::When::waited || rule.when == Overflow::When::key) co_return false;
  Task<CallbackAnswer> offering = offer_callback(queue, call, priority, waited, false);
  const CallbackAnswer answer = co_await std::move(offering);
  if (answer.taken)
    call->contact->append(events::contact_overflowed, {{"queue", queue->options.name},
                                                       {"when", to_string(rule.when)},
                                                       {"to", to_string(rule.to)},
                                                       {"target", ""}});
  if (answer.hung_up) std::rethrow_exception(answer.hung_up);
  co_return answer.taken;
}

/// Takes the message or says the prompt.
Task<> leave_to(std::shared_ptr<Call::Impl> call, Reason reason, Overflow rule) {
  const bool closes = rule.to == Overflow::To::closed;
  if (closes) call->contact->told_closed = true;
  if (closes || rule.to == Overflow::To::prompt) {
    Task<> saying = Call(call).say(Prompt(rule.target));
    if (!rule.target.empty()) co_await std::move(saying);
    if (closes) call->hang_up(Cause::normal);
    co_return;
  }
  const auto mailbox = call->services->mailboxes.find(rule.target);
  if (mailbox == call->services->mailboxes.end())
    throw Error(Error::Code::not_found, "an overflow leads to a mailbox that is not there: " + rule.target);
  Task<std::optional<VoicemailMessage>> taking = take_message(mailbox->second, call, std::move(reason));
  co_await std::move(taking);
}

/// What becomes of one without a call.
Task<> close_to(std::shared_ptr<Contact::Impl> contact) {
  contact->told_closed = true;
  contact->leave();
  co_return;
}

/// How a contact is served in one queue, and what is done with it where a rule leads elsewhere.
struct Service {
  std::shared_ptr<Contact::Impl> contact;
  std::function<Task<Served>(std::shared_ptr<Queue::Impl>)> serve;
  std::function<Task<>(Overflow)> leave;
  /// Whether the customer is to be called back instead.
  std::function<Task<bool>(std::shared_ptr<Queue::Impl>, Overflow, Duration)> call_back = {};
};

/// Null where the rules lead nowhere, or to where it has been.
std::shared_ptr<Queue::Impl> next_queue(const Queue::Impl& queue, const Overflow& way,
                                        const std::set<std::string>& been) {
  const auto next = queue.services->queues.find(way.target);
  if (been.contains(way.target) || next == queue.services->queues.end()) return nullptr;
  return next->second.lock();
}

Task<Served> serve_along(std::shared_ptr<Queue::Impl> queue, Service service) {
  std::set<std::string> been;
  Duration waited{};
  for (;;) {
    been.insert(queue->options.name);
    Task<Served> serving = service.serve(queue);
    Served served = co_await std::move(serving);
    served.queue = queue->options.name;
    served.waited += std::exchange(waited, served.waited + waited);
    const std::optional<Overflow::When> when = when_of(served.result);
    const Overflow* const rule = when ? overflow_on(*queue, *service.contact, *when) : nullptr;
    if (!rule) co_return served;
    const Overflow way = *rule;
    if (way.to == Overflow::To::callback) {
      Task<bool> offering = service.call_back(queue, way, served.waited);
      const bool taken = co_await std::move(offering);
      if (taken) served.result = Served::Result::overflowed;
      co_return served;
    }
    const bool leads_on = way.to == Overflow::To::queue;
    std::shared_ptr<Queue::Impl> next = leads_on ? next_queue(*queue, way, been) : nullptr;
    if (leads_on && !next) co_return served;
    service.contact->append(events::contact_overflowed, {{"queue", queue->options.name},
                                                         {"when", to_string(way.when)},
                                                         {"to", to_string(way.to)},
                                                         {"target", way.target}});
    if (!leads_on) {
      Task<> leaving = service.leave(way);
      co_await std::move(leaving);
      served.result = Served::Result::overflowed;
      co_return served;
    }
    queue = std::move(next);
  }
}

}  // namespace

const Overflow* overflow_on(const Queue::Impl& queue, const Contact::Impl& contact, Overflow::When when) {
  const Overflow* const rule = overflow_on(queue.options, when);
  if (contact.callback) return nullptr;
  if (!rule || !contact.without_call) return rule;
  const bool fits = rule->to == Overflow::To::queue || rule->to == Overflow::To::closed;
  return fits && when != Overflow::When::key ? rule : nullptr;
}

Duration patience_of(const Queue::Impl& queue, const Contact::Impl& contact, Duration patience) {
  const Overflow* const rule = overflow_on(queue, contact, Overflow::When::waited);
  return rule ? std::min(rule->after, patience) : patience;
}

Overflow::When reason_for(Search search) {
  VCSR_ASSERT(search != Search::found);
  if (search == Search::deserted) return Overflow::When::nobody;
  return search == Search::key ? Overflow::When::key : Overflow::When::waited;
}

bool nobody_serves(const Queue::Impl& queue, const Contact::Impl& contact) {
  return overflow_on(queue, contact, Overflow::When::nobody) &&
         queue.services->dispatch.distributor.logged_in(queue.number) == 0;
}

std::optional<Overflow::When> refusal_of(const Queue::Impl& queue, const Contact::Impl& contact) {
  const Services& services = *queue.services;
  if (queue.options.open && !queue.options.open(services.loop.wall_time())) return Overflow::When::closed;
  if (queue.waiting >= queue.options.limit) return Overflow::When::full;
  if (nobody_serves(queue, contact)) return Overflow::When::nobody;
  const Overflow* const impatient = overflow_on(queue, contact, Overflow::When::long_wait);
  if (!impatient) return std::nullopt;
  const std::optional<Duration> wait =
      services.waits.estimate(queue.options.name, services.dispatch.distributor.waiting(queue.number));
  if (wait && *wait > impatient->after) return Overflow::When::long_wait;
  return std::nullopt;
}

Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                               Reason reason, ServeOptions options) {
  Service service{call->contact,
                  [call, reason, options](std::shared_ptr<Queue::Impl> at) {
                    return serve_call(std::move(at), call, reason, options);
                  },
                  [call, reason](Overflow rule) { return leave_to(call, reason, std::move(rule)); },
                  [call, options](std::shared_ptr<Queue::Impl> from, Overflow rule, Duration waited) {
                    const int priority = options.priority + call->contact->priority;
                    return call_back_from(std::move(from), call, std::move(rule), priority, waited);
                  }};
  return serve_along(std::move(queue), std::move(service));
}

Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact,
                               ServeOptions options) {
  Service service{contact,
                  [contact, options](std::shared_ptr<Queue::Impl> at) {
                    return serve_contact(std::move(at), contact, options);
                  },
                  [contact](const Overflow&) { return close_to(contact); }};
  return serve_along(std::move(queue), std::move(service));
}

}  // namespace vcsr
