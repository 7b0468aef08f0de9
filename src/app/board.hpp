// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "vcsr/journal.hpp"

namespace vcsr {

/// The live picture of a center: who waits, what the agents are doing, what is offered to whom
/// with its screen pop, which calls are open, and the counts since it began. A fold over the
/// journal: it is what its entries make of it, live or replayed.
class Board {
 public:
  /// At most this many open calls are listed, newest first; all are counted.
  static constexpr std::size_t calls_listed = 200;

  /// Agents and queues that exist before anything happened to them.
  void add_agent(const std::string& id, const std::string& name);
  void add_queue(const std::string& name);

  void apply(const JournalEntry& entry);
  /// The number of the newest entry in the picture.
  std::uint64_t number() const { return number_; }

  /// The queue that an open call came through and the agent who talks; "" for none.
  std::pair<std::string, std::string> desk_of(const std::string& contact) const;

  /// An open contact as it is in the picture, "offered" to an agent where that is so; an empty map where
  /// there is none.
  Value contact(const std::string& id) const;

  /// The picture, ready for JSON: "entry" and "at" of the newest entry; lists "waiting" (in the order of
  /// service), "agents", "offers" (each with "pop"), "calls" and "queues"; "totals" with counts by outcome.
  Value snapshot() const;

 private:
  struct Call {
    std::string channel, from, to, name, customer, reason, language, state, queue, agent;
    std::int64_t priority = 0;
    WallTime since{}, queued{};
  };
  struct Offer {
    std::string contact, queue, agent;
    WallTime since{};
    Value pop;
  };
  struct AgentSeen {
    std::string name, state = "logged_out", reason, contact;
    WallTime since{};
    Value pop;  ///< of the contact in hand
  };
  struct QueueSeen {
    std::vector<std::string> waiting;  ///< contacts, first to be served first
    std::map<std::string, std::size_t> counts;
  };
  using Step = void (Board::*)(const JournalEntry&);
  static const std::map<std::string, Step, std::less<>>& steps();

  void arrived(const JournalEntry& entry);
  void answered(const JournalEntry& entry);
  void identified(const JournalEntry& entry);
  void language(const JournalEntry& entry);
  void reason(const JournalEntry& entry);
  void queued(const JournalEntry& entry);
  void resumed(const JournalEntry& entry);
  void line_up(const JournalEntry& entry);
  void left_queue(const JournalEntry& entry);
  void offered(const JournalEntry& entry);
  void offer_ended(const JournalEntry& entry);
  void connected(const JournalEntry& entry);
  void disconnected(const JournalEntry& entry);
  void closed(const JournalEntry& entry);
  void agent_state(const JournalEntry& entry);

  Call* call(const std::string& contact);
  void take_from_queue(const std::string& queue, const std::string& contact);
  Value describe(const std::string& contact, const Call& call) const;
  Value waiting() const;
  Value agents() const;
  Value offers() const;
  Value calls() const;
  Value queues() const;
  Value totals() const;

  std::uint64_t number_ = 0;
  WallTime at_{};
  std::list<std::string> order_;  ///< open contacts, newest first
  std::unordered_map<std::string, std::pair<Call, std::list<std::string>::iterator>> calls_;
  std::map<std::string, AgentSeen> agents_;
  std::map<std::string, QueueSeen> queues_;
  std::vector<Offer> offers_;
  std::size_t arrived_ = 0;
  std::map<std::string, std::size_t> outcomes_;
};

}  // namespace vcsr
