// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "vcsr/base/time.hpp"
#include "vcsr/journal.hpp"

namespace vcsr::testing {

/// Reads the journal as somebody who knows nothing else, and notes what must not be: a contact offered twice
/// or to an agent who rests, an offer without an end, a contact with two outcomes or none, an agent's time
/// that does not add up.
class Auditor {
 public:
  struct Contact {
    std::string queue;                        ///< in which it waits, being offered included; "" for none
    std::map<std::string, WallTime> offered;  ///< to which agents, and since when
    bool called_back = false;                 ///< its offers end when the customer has been called
    bool closed = false;
  };
  struct Agent {
    std::string state = "logged_out";
    WallTime since{};
    Duration session{};  ///< in all states since the log-in
  };

  /// `longest_offer`: the longest offer time of all queues; `callback_rings`: how long customers are called;
  /// `together`: the queue that offers to several.
  Auditor(Duration longest_offer, Duration callback_rings, std::string together)
      : longest_offer_(longest_offer), callback_rings_(callback_rings), together_(std::move(together)) {}

  void apply(const JournalEntry& entry);
  /// The program was killed: what was offered is no more.
  void restart();
  /// What is wrong when nothing is going on any more.
  void conclude();

  /// How many wait in the queue, those who are being offered included.
  std::size_t in(const std::string& queue) const;
  const std::map<std::string, Contact>& contacts() const { return contacts_; }
  const std::map<std::string, Agent>& agents() const { return agents_; }

  /// "" while all is well.
  const std::string& wrong() const { return wrong_; }

 private:
  void say(const JournalEntry& entry, const std::string& what);
  void apply(const JournalEntry& entry, Contact& contact);
  void join(const JournalEntry& entry, Contact& contact);
  void leave(const JournalEntry& entry, Contact& contact);
  void offer(const JournalEntry& entry, Contact& contact);
  void end_offer(const JournalEntry& entry, Contact& contact);
  void close(const JournalEntry& entry, Contact& contact);
  void change_state(const JournalEntry& entry);

  Duration longest_offer_, callback_rings_;
  std::string together_;
  std::map<std::string, Contact> contacts_;
  std::map<std::string, Agent> agents_;
  std::string wrong_;
};

}  // namespace vcsr::testing
