// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "acd/distributor.hpp"
#include "vcsr/agent.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/queue.hpp"

namespace vcsr {

class Ticket;

/// The center's one distributor at the center's time: reserves agents as it offers. Whoever tells the
/// distributor something calls settle() afterwards.
class Dispatch {
 public:
  explicit Dispatch(Loop& loop) : loop_(loop) {}

  void add(Queue::Impl& queue);
  void add(const std::shared_ptr<Agent::Impl>& agent);
  /// The ticket stands aside, with a number of its own.
  acd::ContactNumber admit(Ticket& ticket, const acd::Entry& entry);
  void dismiss(acd::ContactNumber contact) { tickets_[contact] = nullptr; }
  Ticket& ticket(acd::ContactNumber contact) const { return *tickets_[contact]; }
  /// Null when the contact is in no queue.
  const Ticket* find(const std::string& contact) const;
  Timestamp now() const { return loop_.now(); }

  void settle();
  /// Whoever served the queue may have gone: see Ticket::look_around().
  void look_around(const Queue::Impl& queue) const;
  /// The center ends: nobody is reserved any more.
  void close();
  bool open() const { return open_; }

  acd::Distributor distributor;

 private:
  void give(const acd::Offer& offer);
  Facts facts_of(const acd::Offer& offer, acd::AgentNumber agent) const;
  void set_timer();

  Loop& loop_;
  std::vector<std::weak_ptr<Agent::Impl>> agents_;
  std::vector<Ticket*> tickets_;
  std::optional<Loop::TimerId> timer_;
  std::optional<Timestamp> due_;
  bool settling_ = false, open_ = true;
};

}  // namespace vcsr
