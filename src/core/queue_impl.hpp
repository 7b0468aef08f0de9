// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

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

  /// Who may have her place again.
  struct CutOff {
    Timestamp entered, left;
  };
  void note_cut_off(const Address& caller, CutOff when);
  /// How long a caller had waited who calls again in time.
  Duration head_start_of(const Contact::Impl& contact);

 private:
  std::map<std::string, CutOff> cut_off_;  ///< by number
  std::size_t tidy_at_ = 64;
};

/// An agent to whom a contact is offered, or is about to be.
struct Offering {
  std::shared_ptr<Agent::Impl> agent;
  OnReply on_reply = {};  ///< hears what the agent and the supervisor say
  bool shown = false;
};

/// A contact's place in a queue. Dying, it leaves the line and undoes an offer, whatever the reason.
class Ticket {
 public:
  /// `waiters` are those of the contact's call, and outlive the ticket. `resumes`: since when it waits here,
  /// if an earlier run of the program has counted it.
  Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Contact::Impl> contact, Waiters& waiters,
         int priority, Duration waited_elsewhere = {}, std::optional<Timestamp> resumes = {});
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

  /// Those who are reserved for it; one once it is agreed.
  const std::vector<Offering>& offerings() const { return offerings_; }
  /// Others may be offered it beside those who are.
  bool in_group() const { return queue_->options.strategy == Strategy::ring_all; }
  bool agreed() const { return agreed_ && !offerings_.empty(); }
  /// Reserves an agent whom the distributor chose.
  void give(const std::shared_ptr<Agent::Impl>& agent);
  /// Shows the contact to a reserved agent.
  void offer(const Agent::Impl& agent, OnReply on_reply);
  /// What came of that: who is the first to answer has it; ignored where the offer was taken back.
  void heard(const Agent::Impl& agent, Reached reached);
  /// Nobody joins those who are offered it any more.
  void admit_no_more();
  /// Whoever answered; returns the agent whose work it is, null when something else engages it.
  std::shared_ptr<Agent::Impl> accept(Party& taker);
  /// The agent who agreed, by hand.
  std::shared_ptr<Agent::Impl> accept(OnReply on_reply);
  /// It waits where nobody serves any more, and there is a rule for that.
  bool deserted() const;
  /// Wakes its server when it is deserted.
  void look_around();
  /// What is offered ends with who served it.
  void forget_replies();
  /// Leaves without an agent, as the queue's rules or its server have it.
  void flow_out(Overflow::When why);
  /// Waits, but is offered to nobody until seek().
  void stand_aside();
  /// The agent who agreed has the contact in hand, before accept().
  void engage();
  /// She has left again before accept().
  void lose_agent();
  /// The customer is to be called back.
  void leave_for_callback(Overflow::When why);
  /// The customer was called back and did not answer.
  void leave_unreached();
  Duration waited() const;
  /// For its place: what was waited before counts.
  Timestamp entered() const { return entered_; }
  int priority() const { return priority_; }

  std::optional<Until<std::monostate>> found;    ///< somebody, or that there is nobody
  std::optional<Until<std::monostate>> decided;  ///< agreed, or nobody is left who could
  /// Told of those who join while others are asked.
  std::function<void(std::shared_ptr<Agent::Impl>)> on_joined;

 private:
  Dispatch& dispatch() const { return contact_->services->dispatch; }
  void tell_queued(Duration waited_elsewhere) const;
  void tell_resumed() const;
  void note_abandoned();
  void step_out();
  std::vector<Offering>::iterator find(const Agent::Impl& agent);
  /// It is no longer offered to the agent, who may take something else.
  std::shared_ptr<Agent::Impl> take_back(const Agent::Impl& agent, const char* result);
  void agree(const Agent::Impl& agent);
  void reply(const Agent::Impl& agent, Reply said);
  void answered(const std::string& by, const char* result);
  void end_offer(Offering& offering, const char* result);
  void leave(const char* result);
  bool late() const { return waited() > queue_->options.service_level; }

  std::shared_ptr<Queue::Impl> queue_;
  std::shared_ptr<Contact::Impl> contact_;
  Waiters& waiters_;
  acd::ContactNumber number_ = 0;
  Timestamp joined_, entered_;
  Duration waited_before_;
  int priority_;
  std::vector<Offering> offerings_;
  bool in_line_ = false, agreed_ = false, left_ = false;
};

/// The queue does not take the contact.
void turn_away(Queue::Impl& queue, Contact::Impl& contact, Overflow::When why);

}  // namespace vcsr
