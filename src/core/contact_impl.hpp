// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/services.hpp"
#include "core/waiters.hpp"
#include "vcsr/contact.hpp"

namespace vcsr {

/// A customer who is to be called back, and how far that has come.
struct Callback {
  std::string queue;
  std::string number;  ///< as numbers are compared
  int priority = 0;
  WallTime entered{};                 ///< since when she counts as waiting
  std::optional<WallTime> next = {};  ///< not before
  int tries = 0;
};

/// The folder side of a contact.
class CustomerContext::Impl {
 public:
  Contact::Impl* contact = nullptr;
  std::optional<Customer> customer;
  std::vector<ContactRecord> history;
  Facts collected;
  std::map<std::string, Origin, std::less<>> origins;  // of what is not from the dialogue itself
  std::string suggestion;
};

/// Everything about a contact that goes into its record.
class Contact::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::shared_ptr<Services> services, Channel channel, Address from, Address to);

  void append(const char* type, Facts data = {}) const { services->append(type, id, std::move(data)); }
  bool writable() const { return !outcome && services->open; }

  /// What an agent sees when the contact is offered.
  Value pop() const;
  ContactRecord record() const;
  /// Decides the outcome from what happened, journals the end and returns the record.
  ContactRecord close(bool dialogue_ended, Cause cause);

  /// Ends one without a call, at once or when nobody serves it any more.
  void leave();
  /// Gives one without a call its outcome and its record.
  void conclude();
  /// What came of it, says the agent; also once it is closed.
  void dispose(const std::string& by_queue, const std::string& by_agent, const std::string& code,
               std::string note, const std::string& cause, const std::string& actor);

  /// The customer's, whoever called.
  const Address& customer_address() const { return outgoing ? to : from; }

  CustomerContext context() { return CustomerContext({shared_from_this(), &customer}); }

  std::shared_ptr<Services> services;
  std::string id;
  Channel channel;
  Address from, to;
  std::string phone;  ///< the user whose telephone has proven to call
  bool outgoing = false;
  int priority = 0;          ///< of who is favored, in every queue
  bool turned_away = false;  ///< by a list of callers
  WallTime arrived;
  Timestamp began;
  std::string reason;
  std::string language;
  Verification verification = Verification::none;
  CustomerContext::Impl customer;
  std::vector<std::string> recordings;
  std::optional<bool> recording_consent;

  bool answered = false, settled = false, served = false, transferred = false;
  bool abandoned = false, unserved = false, interrupted = false, told_closed = false;
  std::string error;  ///< of the dialogue
  std::string disposition, disposition_note;
  std::string queue, agent;
  Requirement required;
  std::string preferred_agent;
  Duration preferred_for{};
  Duration waited{}, talked{}, held{};
  std::vector<LegRecord> legs;     ///< that have ended
  std::optional<Duration> length;  ///< once closed
  std::optional<Outcome> outcome;

  /// Where an earlier run of the program left it.
  struct Resumption {
    std::string queue;
    int priority;
    Timestamp entered;  ///< for its place
    Timestamp joined;
    bool waiting;  ///< else an agent had it in hand
  };

  // Of those without a call.
  bool without_call = false, leaving = false;
  bool in_line = false, in_hand = false;
  std::optional<Resumption> resumption;
  std::optional<Callback> callback;
  int serving = 0;  ///< how many serve it now
  Waiters waiters;  ///< who waits for something with it

 private:
  Outcome judge(bool dialogue_ended) const;
};

}  // namespace vcsr
