// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

class Ticket;

/// Who waits and how well they are served; who gets whom is the distributor's.
class Queue::Impl : public std::enable_shared_from_this<Impl> {
 public:
  /// Throws Error(invalid) naming what of the options cannot be.
  Impl(std::shared_ptr<Services> services, QueueOptions options);

  /// The options as long as somebody needs them.
  Terms terms() { return {shared_from_this(), &options}; }
  /// What the contact asks of agents, step by step.
  acd::LadderNumber ladder_of(const Contact::Impl& contact) const;

  std::shared_ptr<Services> services;
  const QueueOptions options;
  acd::QueueNumber number = 0;  ///< with the distributor
  std::size_t waiting = 0;      ///< in the line or being offered
  QueueReport counted;
};

/// A contact's place in a queue. Dying, it leaves the line and undoes an offer, whatever the reason.
class Ticket {
 public:
  /// `waiters` are those of the contact's call, and outlive the ticket.
  Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact, Waiters& waiters,
         int priority, Duration waited_elsewhere = {});
  ~Ticket();
  Ticket(const Ticket&) = delete;

  /// Waits for an agent, at its old place.
  void seek();
  bool in_line() const { return in_line_; }
  acd::ContactNumber number() const { return number_; }
  const std::string& queue_name() const { return queue_->options.name; }
  const Contact::Impl& contact() const { return *contact_; }
  /// From 1.
  std::size_t position() const;

  /// The reserved agent; null before there is one.
  Agent::Impl* agent() const { return agent_.get(); }
  /// Reserves the agent, whom the distributor chose.
  void give(const std::shared_ptr<Agent::Impl>& agent);
  /// Shows the contact to the reserved agent.
  void offer();
  /// Ignored where the offer was taken back.
  void missed(Reached why);
  /// Whoever answered; returns the agent whose work it is, null when something else engages it.
  std::shared_ptr<Agent::Impl> accept(Party& taker);
  /// The agent to whom it was offered, by hand.
  std::shared_ptr<Agent::Impl> accept(OnReply on_reply);
  /// Leaves without an agent, as the queue's rules or its server have it.
  void flow_out(Overflow::When why);
  Duration waited() const;

  std::optional<Until<std::monostate>> found;
  OnReply on_reply;  ///< hears what the agent and the supervisor say to an offer

 private:
  Dispatch& dispatch() const { return contact_->services->dispatch; }
  void reply(Reply reply);
  void answered(const std::string& by, const char* result);
  void end_offer(const char* result);
  void leave(const char* result);

  std::shared_ptr<Queue::Impl> queue_;
  std::shared_ptr<Contact::Impl> contact_;
  Waiters& waiters_;
  acd::ContactNumber number_ = 0;
  Timestamp joined_;
  Duration waited_before_;
  std::shared_ptr<Agent::Impl> agent_;
  bool in_line_ = false, offered_ = false, left_ = false;
};

/// Whether there was an agent before patience ran out; a recalled one counts. The ticket outlives it.
Task<bool> agent_found(Ticket& ticket, Duration patience);
/// The queue is full: the contact is not taken.
void turn_away(Queue::Impl& queue, Contact::Impl& contact, Overflow::When why);

}  // namespace vcsr
