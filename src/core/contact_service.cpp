// SPDX-License-Identifier: Apache-2.0
#include "core/contact_service.hpp"

#include <map>
#include <utility>

#include "base/facts.hpp"
#include "core/agent_impl.hpp"
#include "core/offering.hpp"
#include "core/overflow.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

/// A contact that is closed meanwhile gets its outcome when the last of these has gone.
class Serving {
 public:
  explicit Serving(std::shared_ptr<Contact::Impl> contact) : contact_(std::move(contact)) {
    ++contact_->serving;
  }
  ~Serving() {
    if (--contact_->serving == 0 && contact_->leaving) contact_->conclude();
  }
  Serving(const Serving&) = delete;

 private:
  std::shared_ptr<Contact::Impl> contact_;
};

/// An agent has the contact in hand; wrap-up follows, or it goes back to the queue.
class InHand {
 public:
  InHand(std::shared_ptr<Contact::Impl> contact, std::shared_ptr<Agent::Impl> agent)
      : contact_(std::move(contact)), agent_(std::move(agent)), began_(contact_->services->loop.now()) {
    contact_->in_hand = true;
    contact_->append(events::contact_connected,
                     make_facts("agent", agent_->options.id, "leg", 0, "party", agent_->options.address.uri));
  }
  ~InHand() { end(false); }
  InHand(const InHand&) = delete;

  void end(bool give_back) {
    const auto agent = std::exchange(agent_, {});
    if (!agent || !contact_->services->open) return;
    if (contact_->services->suspended && !contact_->leaving) return;
    contact_->in_hand = false;
    lasted = contact_->services->loop.now() - began_;
    contact_->talked += lasted;
    contact_->append(events::contact_disconnected,
                     make_facts("agent", agent->options.id, "held", 0.0, "leg", 0, "party",
                                agent->options.address.uri, "talked", seconds(lasted)));
    agent->credit(lasted);
    if (give_back) agent->release(*contact_);
    else agent->finish(*contact_);
  }

  Duration lasted{};

 private:
  std::shared_ptr<Contact::Impl> contact_;
  std::shared_ptr<Agent::Impl> agent_;
  Timestamp began_;
};

/// Says for an agent who says nothing in time that it is enough.
class OfferTime {
 public:
  OfferTime(Loop& loop, Duration lasts, Until<std::monostate>& replied)
      : loop_(loop), timer_(loop.at(loop.now() + lasts, [&replied] { replied.set({}); })) {}
  ~OfferTime() { loop_.cancel(timer_); }
  OfferTime(const OfferTime&) = delete;

 private:
  Loop& loop_;
  Loop::TimerId timer_;
};

/// Shows it to one agent, who replies within the time of an offer.
Task<> show(std::shared_ptr<Contact::Impl> contact, Ticket& ticket, std::shared_ptr<Agent::Impl> agent,
            Duration offer_time) {
  Loop& loop = contact->services->loop;
  Until<std::monostate> replied(loop, contact->waiters);
  ticket.offer(*agent, [&ticket, &replied, whose = agent.get()](Reply reply) {
    // At once, so that nobody else can accept it in the same moment.
    ticket.heard(*whose, reply == Reply::accept ? Reached::answered : Reached::refused);
    replied.set({});
  });
  const OfferTime limit(loop, offer_time, replied);
  co_await replied;
  ticket.heard(*agent, Reached::no_answer);
}

}  // namespace

Contact open_contact(std::shared_ptr<Services> services, ContactOptions options) {
  const auto contact = std::make_shared<Contact::Impl>(services, options.channel, options.from, options.to);
  contact->without_call = contact->answered = true;
  contact->append(events::contact_arrived,
                  make_facts("channel", to_string(contact->channel), "direction", "in", "driver_id", "",
                             "from", contact->from.uri, "name", contact->from.name, "to", contact->to.uri));
  services->contacts.emplace(contact->id, contact);
  Contact handle(contact);
  if (!options.reason.empty()) handle.set_reason(Reason(options.reason));
  if (!options.language.empty()) handle.set_language(options.language);
  for (const auto& [key, value] : options.collected) handle.customer().set(key, value);
  return handle;
}

Task<Served> serve_contact(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact,
                           ServeOptions options) {
  if (!contact->without_call)
    throw Error(Error::Code::refused, "contact " + contact->id + " is a call's: serve the call instead");
  if (contact->outcome || contact->leaving) throw Hangup();
  Serving serving(contact);
  Served served{Served::Result::full, {}, {}, {}};
  std::optional<Contact::Impl::Resumption> before = std::exchange(contact->resumption, {});
  if (before && before->queue != queue->options.name) before.reset();
  if (const std::optional<Overflow::When> refusal = refusal_of(*queue, *contact); refusal && !before) {
    turn_away(*queue, *contact, *refusal);
    served.result = result_of(*refusal);
    co_return served;
  }
  const Duration patience = patience_of(*queue, *contact, options.patience);
  const Loop& loop = contact->services->loop;
  const int priority = before ? before->priority : options.priority + contact->priority;
  const Timestamp entered = before ? before->entered : loop.now();
  std::optional<Timestamp> resumes;
  if (before && before->waiting) resumes = before->joined;
  for (;;) {
    std::optional<Ticket> ticket(std::in_place, queue, contact, contact->waiters, priority,
                                 loop.now() - entered, std::exchange(resumes, {}));
    ticket->seek();
    Ask ask = [contact, &ticket, time = queue->options.offer_time](std::shared_ptr<Agent::Impl> agent) {
      return show(contact, *ticket, std::move(agent), time);
    };
    Task<Search> finding = agent_found(*ticket, std::move(ask), patience);
    const Search search = co_await std::move(finding);
    served.waited += ticket->waited();
    if (search != Search::found) {
      const Overflow::When why = reason_for(search);
      ticket->flow_out(why);
      served.result = result_of(why);
      co_return served;
    }
    Until<std::monostate> over(contact->services->loop, contact->waiters);
    std::optional<InHand> hand;
    bool given_back = false;
    auto agent = ticket->accept([&over, &hand, &given_back](Reply reply) {
      given_back = reply == Reply::give_back;
      if (hand) hand->end(given_back);
      over.set({});
    });
    ticket.reset();
    served.agent = agent->options.id;
    hand.emplace(contact, std::move(agent));
    co_await over;
    hand->end(given_back);
    served.talked += hand->lasted;
    served.result = Served::Result::served;
    if (!given_back) co_return served;
    contact->served = false;
  }
}

Task<> resume_contact(std::shared_ptr<Contact::Impl> contact) {
  const std::shared_ptr<Services> services = contact->services;
  const auto queue = services->queues.at(contact->resumption->queue).lock();
  try {
    if (services->resumption) {
      Task<> going_on = services->resumption(Contact(contact), Queue(queue));
      co_await std::move(going_on);
      co_return;
    }
    Task<Served> serving = serve_or_overflow(queue, contact, ServeOptions());
    co_await std::move(serving);
  } catch (const Hangup&) {
    // Closed meanwhile.
  } catch (const std::exception& error) {
    contact->error = error.what();
    contact->append(events::dialogue_failed, {{"error", error.what()}});
    services->log.error("a dialogue failed", {{"contact", contact->id}, {"error", error.what()}});
  }
  contact->leave();
}

void interrupt_contacts(Services& services) {
  // In the order in which they came, as their ids grow.
  const std::map<std::string, std::shared_ptr<Contact::Impl>> contacts(services.contacts.begin(),
                                                                       services.contacts.end());
  services.contacts.clear();
  for (const auto& [id, contact] : contacts) {
    if (contact->in_line || contact->in_hand || (contact->callback && !contact->served)) {
      contact->waiters.end();
      continue;
    }
    contact->interrupted = contact->leaving = true;
    contact->waiters.end();
    if (contact->outcome) continue;
    Task<> keeping = services.customers.keep(contact->close(false, Cause::normal));
    keeping.start();
  }
}

}  // namespace vcsr
