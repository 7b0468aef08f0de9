// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "vcsr/agent.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/journal.hpp"

namespace vcsr {

/// What the customers and agents of a simulated day do once the journal tells that it is their turn: agents
/// take what they are offered and end it when its time has come, customers leave when they have lost
/// patience.
class People {
 public:
  explicit People(Loop& loop) : loop_(loop) {}
  People(const People&) = delete;

  /// An agent who takes what is offered after so long.
  void add(const Agent& agent, Duration rings);
  /// Before the contact is offered: how long the matter takes an agent, and how long the customer waits.
  void add(const Contact& contact, Duration talk, std::optional<Duration> patience);
  void hear(const JournalEntry& entry);

  /// Somebody waits, talks or makes notes.
  bool busy() const;

 private:
  struct Seat {
    Agent agent;
    Duration rings;
  };
  struct Visit {
    Contact contact;
    Duration talk;
    Seat* seat = nullptr;                        ///< to whom it was offered last
    std::optional<Loop::TimerId> patience = {};  ///< until the customer hangs up
    std::optional<Loop::TimerId> next = {};      ///< until the agent takes or ends it
  };
  using Visits = std::unordered_map<std::string, Visit>;

  void offer(Visit& visit, const std::string& agent);
  void take(Visit& visit);
  void talk(Visit& visit);
  void stop(std::optional<Loop::TimerId>& timer);

  Loop& loop_;
  std::unordered_map<std::string, Seat> seats_;
  Visits visits_;
};

}  // namespace vcsr
