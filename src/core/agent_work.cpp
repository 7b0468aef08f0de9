// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "core/agent_impl.hpp"
#include "vcsr/call.hpp"

namespace vcsr {

std::vector<ContactInHand> Agent::Impl::contacts() const {
  std::vector<ContactInHand> all;
  for (const Work& work : works_) {
    all.push_back({.contact = work.contact->id,
                   .channel = work.contact->channel,
                   .queue = work.terms ? work.terms->name : "",
                   .state = work.state,
                   .since = work.since,
                   .needs_disposition = lacks_disposition(work)});
    if (!work.timer) continue;
    all.back().ends = work.ends;
    all.back().extension_left = work.terms->wrap_up_extension - work.extended;
  }
  return all;
}

Agent::Impl::Works::iterator Agent::Impl::find(const Contact::Impl& contact) {
  return std::find_if(works_.begin(), works_.end(),
                      [&contact](const Work& work) { return work.contact.get() == &contact; });
}

Work& Agent::Impl::require(const std::string& contact) {
  const auto found = std::find_if(works_.begin(), works_.end(),
                                  [&contact](const Work& work) { return work.contact->id == contact; });
  if (found != works_.end()) return *found;
  std::string all;
  for (const Work& work : works_) all += (all.empty() ? "" : ", ") + work.contact->id;
  throw Error(Error::Code::not_found, "agent " + options.id + " has no contact '" + contact +
                                          "' in hand; in hand: " + (all.empty() ? "none" : all));
}

Work& Agent::Impl::require_reply(const std::string& contact, AgentState in, bool by_hand) {
  Work& work = require(contact);
  if ((by_hand && !work.contact->without_call) || !work.on_reply)
    throw Error(
        Error::Code::refused,
        "contact " + contact + " is a call: it is taken and ended by the telephone " + options.address.uri);
  if (work.state != in)
    throw Error(Error::Code::refused, "contact " + contact + " is not " + to_string(in) + " at agent " +
                                          options.id + " but " + to_string(work.state));
  return work;
}

void Agent::Impl::accept(const std::string& contact) {
  Work& work = require_reply(contact, AgentState::reserved, true);
  const OnReply reply = std::exchange(work.on_reply, [&work](Reply said) { work.early = said; });
  work.state = AgentState::busy;
  work.since = services_->loop.now();
  settle(myself());
  reply(Reply::accept);
}

void Agent::Impl::decline(const std::string& contact) {
  const OnReply reply = require_reply(contact, AgentState::reserved, false).on_reply;
  reply(Reply::decline);
}

void Agent::Impl::finish_by_hand(const std::string& contact) {
  const OnReply reply = require_reply(contact, AgentState::busy, true).on_reply;
  reply(Reply::finish);
}

void Agent::Impl::drop(Works::iterator work, const Change& by) {
  if (work == works_.end()) return;
  stop_timer(*work);
  works_.erase(work);
  settle(by);
}

void Agent::Impl::reserve(std::shared_ptr<Contact::Impl> contact, Terms terms, OnReply on_reply) {
  works_.push_back({.contact = std::move(contact),
                    .terms = std::move(terms),
                    .on_reply = std::move(on_reply),
                    .since = services_->loop.now()});
  settle(by_engine);
}

void Agent::Impl::release(const Contact::Impl& contact) { drop(find(contact), by_engine); }

void Agent::Impl::miss(const Contact::Impl& contact, int allowed, Reached why) {
  const bool failed = why == Reached::unreachable;
  const bool tired = ++misses_ >= allowed || failed;
  const AgentState wanted = pending_ ? pending_->what.state : chosen_.state;
  const Change by = failed ? by_device : by_engine;
  if (tired && wanted == AgentState::ready)
    pending_ = Choice{{AgentState::not_ready, failed                    ? "device lost"
                                              : why == Reached::refused ? "declined"
                                                                        : "no answer"},
                      by};
  drop(find(contact), by);
}

void Agent::Impl::take(const Contact::Impl& contact, Terms terms, OnReply on_reply) {
  const auto work = find(contact);
  if (work == works_.end()) return;
  misses_ = 0;
  if (terms) work->terms = std::move(terms);
  work->on_reply = std::move(on_reply);
  if (work->state == AgentState::reserved) {
    work->state = AgentState::busy;
    work->since = services_->loop.now();
  }
  const auto early = std::exchange(work->early, {});
  const OnReply reply = work->on_reply;
  settle(by_engine);
  if (early && reply) reply(*early);
}

void Agent::Impl::interrupt(std::shared_ptr<Contact::Impl> contact) {
  const auto work = find(*contact);
  if (work == works_.end()) {
    works_.push_back({.contact = std::move(contact), .since = services_->loop.now()});
    return;
  }
  // The agent goes on with what the notes were about.
  stop_timer(*work);
  work->state = AgentState::reserved;
}

void Agent::Impl::hold(const Contact::Impl& contact, bool held) {
  const auto work = find(contact);
  if (work == works_.end() || work->state != (held ? AgentState::busy : AgentState::hold)) return;
  work->state = held ? AgentState::hold : AgentState::busy;
  work->since = services_->loop.now();
  settle(by_engine);
}

void Agent::Impl::credit(Duration talked) { services_->dispatch.distributor.credit(number, talked, talked); }

void Agent::Impl::finish(const Contact::Impl& contact) {
  const auto work = find(contact);
  if (!services_->open || work == works_.end()) return;
  work->on_reply = {};
  if (!wraps_up(*work)) return drop(work, by_engine);
  work->state = AgentState::wrap_up;
  work->since = services_->loop.now();
  const bool timed = work->terms->wrap_up_mode != WrapUpMode::mandatory;
  if (timed)
    start_timer(*work, work->terms->wrap_up_mode == WrapUpMode::none ? Duration() : work->terms->wrap_up);
  settle(by_engine);
}

}  // namespace vcsr
