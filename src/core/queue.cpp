// SPDX-License-Identifier: Apache-2.0
#include "vcsr/queue.hpp"

#include <iterator>
#include <utility>
#include <variant>

#include "core/callback.hpp"
#include "core/callback_phrases.hpp"
#include "core/contact_service.hpp"
#include "core/offering.hpp"
#include "core/overflow.hpp"
#include "core/serving.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// An agent's work on a contact: busy while it lasts, wrap-up afterwards.
class Handling {
 public:
  Handling(Party& party, std::shared_ptr<Agent::Impl> agent, std::shared_ptr<Contact::Impl> contact)
      : party_(party),
        agent_(std::move(agent)),
        contact_(std::move(contact)),
        began_(contact_->services->dispatch.now()) {
    party_.on_phase = [this](bool held) { agent_->hold(*contact_, held); };
  }
  ~Handling() {
    party_.on_phase = nullptr;
    if (contact_->services->open) agent_->credit(contact_->services->dispatch.now() - began_);
    agent_->finish(*contact_);
  }
  Handling(const Handling&) = delete;

 private:
  Party& party_;
  std::shared_ptr<Agent::Impl> agent_;
  std::shared_ptr<Contact::Impl> contact_;
  Timestamp began_;
};

/// Says nothing where nothing is known.
Task<> say_wait(std::shared_ptr<Call::Impl> call, std::string prompt, std::optional<Duration> wait) {
  if (!wait) co_return;
  Task<> saying = Call(call).say(Prompt(prompt).with("wait", Spoken::wait(*wait)));
  co_await std::move(saying);
}

/// What a waiting customer hears: the position now and then, and music.
Task<> entertain(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue, Ticket& ticket) {
  const QueueOptions& options = queue->options;
  for (;;) {
    if (!options.position.empty() && ticket.in_line()) {
      const auto position = static_cast<std::int64_t>(ticket.position());
      Task<> saying = Call(call).say(Prompt(options.position).with("position", Spoken::number(position)));
      co_await std::move(saying);
    }
    if (!options.wait.empty() && ticket.in_line()) {
      const std::optional<Duration> wait =
          call->services->waits.estimate(options.name, ticket.position() - 1);
      Task<> saying = say_wait(call, options.wait, wait);
      co_await std::move(saying);
    }
    if (const char key = callback_key(options); key != 0 && !call->contact->callback) {
      const CallbackPhrases phrases(call->contact->language);
      Task<> saying = Call(call).say(phrases.announcement(key));
      co_await std::move(saying);
    }
    if (!options.music.empty()) call->play(Prompt(options.music), true);
    co_await call->services->loop.sleep(options.announce_every);
  }
}

/// Stops the telephone from ringing for an agent who declines or from whom the offer is taken back.
OnReply stop_ringing(const std::shared_ptr<Call::Impl>& call, const std::string& agent) {
  return [call, agent](Reply reply) {
    Party& party = call->conversation.last_of(agent);
    party.reached.set(Reached::refused);
    call->conversation.release(party, reply == Reply::decline ? Cause::rejected : Cause::normal);
  };
}

/// To whom the customer was offered, or who picked up.
Party& taker_of(Call::Impl& call, const std::string& agent) {
  Party* party = &call.conversation.last_of(agent);
  while (party->heir) party = party->heir;
  return *party;
}

/// Rings one agent's telephone.
Task<> ring(std::shared_ptr<Call::Impl> call, Ticket& ticket, std::shared_ptr<Agent::Impl> agent,
            Duration offer_time) {
  const std::string id = agent->options.id;
  ticket.offer(*agent, stop_ringing(call, id));
  Task<std::optional<Reached>> ringing = ring_agent(call, agent->options.address, offer_time, id);
  const std::optional<Reached> reached = co_await std::move(ringing);
  if (!reached) co_return;
  if (*reached == Reached::answered) {
    // One of those who are rung may have picked up at another's telephone.
    const std::string& by = taker_of(*call, id).line.record.agent;
    for (const Offering& offering : ticket.offerings())
      if (offering.agent->options.id == by) agent = offering.agent;
  }
  ticket.heard(*agent, *reached);
}

/// Until there is an agent, patience is over, or the customer presses the queue's key.
Task<Search> search(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue, Ticket& ticket,
                    Duration patience) {
  Task<Search> finding = find_agent(call, queue, ticket, patience);
  const Overflow* const rule = overflow_on(*queue, *call->contact, Overflow::When::key);
  if (!rule) {
    const Search search = co_await std::move(finding);
    co_return search;
  }
  Task<> pressing = Call(call).until_pressed(rule->key);
  Task<std::variant<Search, std::monostate>> either =
      first_of(call->services->loop, std::move(finding), std::move(pressing));
  const std::variant<Search, std::monostate> first = co_await std::move(either);
  co_return first.index() == 1 ? Search::key : std::get<Search>(first);
}

/// Of what goes wrong while music plays.
Scope::OnError complaint(const Log& log) {
  return [log](std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const Error& failure) {
      log.warning("nothing can be heard while waiting", {{"error", failure.what()}});
    } catch (const Hangup&) {
    }
  };
}

AgentOptions agent_of(const Services& services, const Party& party) {
  const auto found = services.agents.find(party.line.record.agent);
  return found == services.agents.end() ? AgentOptions() : found->second->options;
}

/// Until the customer talks with nobody any more; the agent may have left before.
Task<> handle(std::shared_ptr<Call::Impl> call, Party& party, std::shared_ptr<Agent::Impl> agent) {
  std::optional<Handling> handling;
  if (agent) handling.emplace(party, std::move(agent), call->contact);
  co_await until_gone(call, party);
  handling.reset();
  co_await talk_with_parties(call);
}

/// Whether the caller, who keeps her place meanwhile, is to be called back instead.
Task<bool> called_back(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Ticket& ticket,
                       Overflow::When why) {
  const Overflow* const rule = overflow_on(*queue, *call->contact, why);
  const bool key = why == Overflow::When::key;
  if (!rule || rule->to != Overflow::To::callback || why == Overflow::When::nobody) co_return false;
  ticket.stand_aside();
  const Duration before = call->services->loop.now() - ticket.entered();
  Task<CallbackAnswer> offering = offer_callback(queue, call, ticket.priority(), before, key);
  const CallbackAnswer answer = co_await std::move(offering);
  if (answer.taken) ticket.leave_for_callback(why);
  if (answer.hung_up) std::rethrow_exception(answer.hung_up);
  co_return answer.taken;
}

}  // namespace

Task<Search> find_agent(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue, Ticket& ticket,
                        Duration patience) {
  Ask ask = [call, &ticket, time = queue->options.offer_time](std::shared_ptr<Agent::Impl> agent) {
    return ring(call, ticket, std::move(agent), time);
  };
  return agent_found(ticket, std::move(ask), patience);
}

Task<Duration> talk_with_agent(std::shared_ptr<Call::Impl> call, std::shared_ptr<Queue::Impl> queue,
                               std::optional<Ticket>& ticket) {
  Party& taker = taker_of(*call, ticket->offerings().front().agent->options.id);
  std::shared_ptr<Agent::Impl> agent = ticket->accept(taker);
  ticket.reset();
  record_conversation(*call, queue->options, agent_of(*call->services, taker));
  const Duration talked_before = call->contact->talked;
  co_await handle(call, taker, std::move(agent));
  co_return call->contact->talked - talked_before;
}

Task<Served> wait_in_line(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call,
                          std::optional<Ticket>& ticket, Duration patience) {
  Served served{Served::Result::served, {}, {}, {}};
  for (;;) {
    std::optional<Scope> music(std::in_place, call->services->loop, complaint(call->services->log));
    music->spawn(entertain(call, queue, *ticket));
    Task<Search> searching = search(call, queue, *ticket, patience);
    const Search search_result = co_await std::move(searching);
    music.reset();
    // An announcement that the answer cut short may have begun the music again.
    call->stop_playing();
    served.waited = ticket->waited();
    if (search_result == Search::found) break;
    const Overflow::When why = reason_for(search_result);
    Task<bool> offering = called_back(queue, call, *ticket, why);
    const bool taken = co_await std::move(offering);
    served.result = taken ? Served::Result::overflowed : result_of(why);
    if (taken) co_return served;
    if (callback_key(queue->options) != 0 && why == Overflow::When::key) {
      ticket->seek();
      continue;
    }
    ticket->flow_out(why);
    co_return served;
  }
  Task<Duration> talking = talk_with_agent(call, queue, ticket);
  served.talked = co_await std::move(talking);
  served.agent = call->contact->agent;
  served.result = Served::Result::served;
  co_return served;
}

Task<Served> serve_call(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, Reason reason,
                        ServeOptions options) {
  call->require_live();
  Contact(call->contact).set_reason(std::move(reason));
  Served served{Served::Result::full, {}, {}, {}};
  if (const std::optional<Overflow::When> refusal = refusal_of(*queue, *call->contact)) {
    turn_away(*queue, *call->contact, *refusal);
    served.result = result_of(*refusal);
    co_return served;
  }
  Task<> preparing = prepare_conversation(call, queue->options);
  co_await std::move(preparing);
  if (!queue->options.music.empty()) call->music = queue->options.music;
  const int priority = options.priority + call->contact->priority;
  std::optional<Ticket> ticket(std::in_place, queue, call->contact, call->waiters, priority,
                               queue->head_start_of(*call->contact));
  ticket->seek();
  const Duration patience = patience_of(*queue, *call->contact, options.patience);
  Task<Served> waiting = wait_in_line(queue, call, ticket, patience);
  served = co_await std::move(waiting);
  co_return served;
}

const std::string& Queue::name() const { return impl_->options.name; }

void Queue::add(Agent agent, int level) {
  impl_->services->waits.join(agent.id(), name());
  agent.impl_->join(impl_, level);
}
void Queue::remove(const Agent& agent) {
  impl_->services->waits.leave(agent.id(), name());
  agent.impl_->leave(*impl_);
}

Task<Served> Queue::serve(Call call, Reason reason, ServeOptions options) {
  return serve_or_overflow(impl_, call.impl_, std::move(reason), options);
}

std::optional<Duration> Queue::estimated_wait(int priority) const {
  const Dispatch& dispatch = impl_->services->dispatch;
  const std::size_t ahead = dispatch.distributor.ahead_of(impl_->number, priority, dispatch.now());
  return impl_->services->waits.estimate(name(), ahead);
}

Task<Served> Queue::serve(Contact contact, ServeOptions options) {
  return serve_or_overflow(impl_, contact.impl_, options);
}

Contact Queue::call_back(CallbackRequest request) { return open_callback(impl_, std::move(request)); }

std::vector<std::string> Queue::waiting() const {
  std::vector<std::string> contacts;
  const Dispatch& dispatch = impl_->services->dispatch;
  for (const acd::ContactNumber number : dispatch.distributor.line(impl_->number))
    contacts.push_back(dispatch.ticket(number).contact().id);
  return contacts;
}

Explanation Queue::explain(const std::string& contact, std::string_view language) const {
  const Dispatch& dispatch = impl_->services->dispatch;
  const Ticket* const ticket = dispatch.find(contact);
  if (!ticket || ticket->queue_name() != name())
    throw Error(Error::Code::not_found, "contact '" + contact + "' does not wait in queue '" + name() + "'");
  Explanation why = dispatch.distributor.explain(ticket->number(), language, dispatch.now());
  why.contact = contact;
  return why;
}

QueueReport Queue::report() const {
  QueueReport report = impl_->counted;
  report.waiting = impl_->waiting;
  const WaitEstimates::Accuracy accuracy = impl_->services->waits.accuracy(name());
  report.estimates = accuracy.estimates;
  report.close_estimates = accuracy.close;
  if (accuracy.estimates > 0)
    report.estimate_error = accuracy.off / static_cast<std::int64_t>(accuracy.estimates);
  return report;
}

}  // namespace vcsr
