// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

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
  struct Offer {
    Seat* seat;
    Loop::TimerId timer;  ///< until the agent takes it
  };
  struct Visit {
    Contact contact;
    Duration talk;
    std::vector<Offer> offers = {};
    Seat* seat = nullptr;                        ///< who has it in hand
    std::optional<Loop::TimerId> patience = {};  ///< until the customer hangs up
    std::optional<Loop::TimerId> end = {};       ///< until the agent is done with it
  };
  using Visits = std::unordered_map<std::string, Visit>;

  void offer(Visit& visit, Seat& seat);
  void end_offer(Visit& visit, const Seat& seat);
  void take(Visit& visit, Seat& seat);
  void talk(Visit& visit, Seat& seat);
  void forget(Visits::iterator visit);
  void stop(std::optional<Loop::TimerId>& timer);

  Loop& loop_;
  std::unordered_map<std::string, Seat> seats_;
  Visits visits_;
};

}  // namespace vcsr
