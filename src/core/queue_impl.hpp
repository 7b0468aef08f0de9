// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/agent_impl.hpp"
#include "core/call_impl.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

class Ticket;

/// The line of those who wait and the agents who could serve them. One of both is always empty.
class Queue::Impl : public std::enable_shared_from_this<Impl> {
 public:
  /// Priority is worth a head start, so the order never changes while everybody ages alike.
  struct Rank {
    Timestamp since;
    std::uint64_t number;
    auto operator<=>(const Rank&) const = default;
  };
  struct Idle {
    Timestamp since;
    std::string agent;
    auto operator<=>(const Idle&) const = default;
  };

  Impl(std::shared_ptr<Services> services, QueueOptions options)
      : services(std::move(services)), options(std::move(options)) {}

  /// Gives the ticket to the longest idle agent, or a place in the line.
  void seek(Ticket& ticket);
  /// Reserves the agent for the ticket and takes it out of the line.
  void give(Ticket& ticket, std::shared_ptr<Agent::Impl> agent);

  std::shared_ptr<Services> services;
  const QueueOptions options;
  std::map<Rank, Ticket*> line;
  std::map<Idle, Agent::Impl*> ready;
  std::size_t waiting = 0;  ///< in the line or being offered
  QueueReport counted;
};

/// A contact's place in a queue. Dying, it leaves the line and undoes an offer, whatever the reason.
class Ticket {
 public:
  Ticket(std::shared_ptr<Queue::Impl> queue, std::shared_ptr<Call::Impl> call, int priority);
  ~Ticket();
  Ticket(const Ticket&) = delete;

  /// Waits for an agent, at its old place.
  void seek();
  bool in_line() const { return in_line_; }
  const std::string& contact() const { return call_->contact->id; }
  /// From 1.
  std::size_t position() const;

  /// The reserved agent; null before there is one.
  Agent::Impl* agent() const { return agent_.get(); }
  /// Shows the contact to the reserved agent.
  void offer();
  void missed(Reached why);
  /// Whoever answered; returns the agent whose work it is, null when something else engages it.
  std::shared_ptr<Agent::Impl> accept(Party& taker);
  void time_out();
  Duration waited() const;

  std::optional<Until<std::monostate>> found;

 private:
  friend class Queue::Impl;
  void end_offer(const char* result);
  void leave(const char* result);

  std::shared_ptr<Queue::Impl> queue_;
  std::shared_ptr<Call::Impl> call_;
  Queue::Impl::Rank rank_;
  Timestamp joined_;
  Duration waited_before_;
  std::shared_ptr<Agent::Impl> agent_;
  bool in_line_ = false, offered_ = false, left_ = false;
};

}  // namespace vcsr
