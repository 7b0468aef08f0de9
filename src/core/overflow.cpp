// SPDX-License-Identifier: Apache-2.0
#include "core/overflow.hpp"

#include <algorithm>
#include <set>
#include <utility>

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
    case Served::Result::served:
    case Served::Result::overflowed: break;
  }
  return std::nullopt;
}

bool somebody_logged_in(const Queue::Impl& queue) {
  const auto& agents = queue.services->agents;
  return std::any_of(agents.begin(), agents.end(), [&queue](const auto& entry) {
    return entry.second->state != AgentState::logged_out && entry.second->serves(queue);
  });
}

/// Takes the message or says the prompt.
Task<> leave_to(std::shared_ptr<Call::Impl> call, Overflow rule, Reason reason) {
  if (rule.to == Overflow::To::prompt) {
    Task<> saying = Call(call).say(Prompt(rule.target));
    co_await std::move(saying);
    co_return;
  }
  const auto mailbox = call->services->mailboxes.find(rule.target);
  if (mailbox == call->services->mailboxes.end())
    throw Error(Error::Code::not_found, "an overflow leads to a mailbox that is not there: " + rule.target);
  Task<std::optional<VoicemailMessage>> taking = take_message(mailbox->second, call, std::move(reason));
  co_await std::move(taking);
}

}  // namespace

std::optional<Overflow::When> refusal_of(const Queue::Impl& queue) {
  if (queue.waiting >= queue.options.limit) return Overflow::When::full;
  if (overflow_on(queue.options, Overflow::When::nobody) && !somebody_logged_in(queue))
    return Overflow::When::nobody;
  const Overflow* const impatient = overflow_on(queue.options, Overflow::When::long_wait);
  if (!impatient) return std::nullopt;
  const std::optional<Duration> wait = queue.services->waits.estimate(
      queue.options.name, queue.services->dispatch.distributor.waiting(queue.number));
  if (wait && *wait > impatient->after) return Overflow::When::long_wait;
  return std::nullopt;
}

Task<Served> serve_or_overflow(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                               Reason reason, ServeOptions options) {
  std::set<std::string> been;
  Duration waited{};
  for (;;) {
    been.insert(queue->options.name);
    Task<Served> serving = serve_call(queue, call, reason, options);
    Served served = co_await std::move(serving);
    served.queue = queue->options.name;
    served.waited += std::exchange(waited, served.waited + waited);
    const std::optional<Overflow::When> when = when_of(served.result);
    const Overflow* const rule = when ? overflow_on(queue->options, *when) : nullptr;
    if (!rule) co_return served;
    const Overflow way = *rule;
    const auto next = queue->services->queues.find(way.target);
    const bool leads_on = way.to == Overflow::To::queue;
    if (leads_on && (been.contains(way.target) || next == queue->services->queues.end())) co_return served;
    call->contact->append(events::contact_overflowed, {{"queue", queue->options.name},
                                                       {"when", to_string(way.when)},
                                                       {"to", to_string(way.to)},
                                                       {"target", way.target}});
    if (!leads_on) {
      Task<> leaving = leave_to(call, way, reason);
      co_await std::move(leaving);
      served.result = Served::Result::overflowed;
      co_return served;
    }
    queue = next->second.lock();
    VCSR_ASSERT(queue);
  }
}

}  // namespace vcsr
