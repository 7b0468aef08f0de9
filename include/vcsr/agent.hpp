// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/channel.hpp"
#include "vcsr/requirement.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// What an agent is doing: reserved while the phone rings, busy in a talk, hold while the agent keeps the
/// customer waiting in it, wrap_up in the time for notes after it.
enum class AgentState { logged_out, not_ready, ready, reserved, busy, hold, wrap_up };
/// "logged_out", "not_ready", …
VCSR_EXPORT const char* to_string(AgentState state) noexcept;

/// What a person, or the engine for her, wants an agent to be: ready, not_ready or logged_out.
struct AgentChoice {
  AgentState state = AgentState::logged_out;
  std::string reason = {};  ///< why not ready; "" otherwise
  bool operator==(const AgentChoice&) const = default;
};

/// What a supervisor does to an agent; see Agent::force().
enum class AgentOrder { ready, not_ready, log_out, free };
/// "ready", "not_ready", "log_out", "free".
VCSR_EXPORT const char* to_string(AgentOrder order) noexcept;

/// One of the contacts that an agent has in hand.
struct ContactInHand {
  std::string contact;
  Channel channel = Channel::voice;
  std::string queue;                        ///< "" when it came through none
  AgentState state = AgentState::reserved;  ///< of this contact alone: reserved, busy, hold or wrap_up
  Timestamp since{};
  /// Of a wrap-up: when it ends by itself, if it does, and by how much that may still be put off.
  std::optional<Timestamp> ends = {};
  Duration extension_left{};
  bool needs_disposition = false;  ///< its wrap-up does not end before there is one: see Agent::dispose()
};

/// How much an agent may have in hand at once. A contact fits while the units in use and its own are at
/// most `units`: with 3 units, a call that takes 3 and a chat that takes 1 it is one call or three chats.
struct Capacity {
  int units = 1;                        ///< at least 1
  std::map<Channel, int> takes = {};    ///< units per contact, 1 to `units`; all of them where not named
  std::map<Channel, int> at_most = {};  ///< contacts of the channel at once; no limit where not named
};

/// Who an agent is; fixed once Center::add_agent() took it.
struct AgentOptions {
  std::string id;    ///< "1001"; unique in the center
  std::string name;  ///< "Anna"
  Address address;   ///< where calls reach the agent: "sip:1001"
  /// The agent is logged in and ready while the phone is registered, and logged out when it vanishes.
  bool follows_phone = false;
  /// Has agreed to be recorded; asked for where ConsentMode::everybody holds.
  bool agrees_to_recording = true;
  /// Ids of agents whose calls this one may pick up besides those of the same queues; "*": everybody's.
  std::vector<std::string> picks_up = {};
  Skills skills = {};  ///< at the beginning: see Agent::set_skills()
  Capacity capacity = {};
  /// An agent whose desktop gives no sign of life for so long is not_ready("heartbeat lost"), and logged out
  /// `heartbeat_grace` later; what is in hand goes on. Zero: nobody asks for signs of life.
  Duration heartbeat_limit{};
  Duration heartbeat_grace = std::chrono::minutes(2);
};

/// A person who takes contacts. The state is the engine's: it changes by its timers and by what
/// happens to contacts; people choose between ready and not ready, and a choice made while a contact
/// is in hand is pending until that is over. Beside the agent's state each contact in hand has one; the
/// agent's is that of the busiest. Every change is journalled with its cause and who did it. A handle on its
/// center's loop.
class VCSR_EXPORT Agent {
 public:
  const std::string& id() const;
  const std::string& name() const;
  const Address& address() const;

  AgentState state() const;
  /// Why not ready: "break", "no answer", "device lost"; "" otherwise.
  const std::string& reason() const;
  /// When this state began, on the loop's clock.
  Timestamp since() const;

  void log_in();  ///< lands in not_ready("log-in"); ignored when logged in already
  void log_out();
  /// Both throw Error(refused) for an agent who is logged out.
  void set_ready();
  void set_not_ready(std::string reason);
  /// What the agent will be once nothing is in hand any more, where that was chosen.
  std::optional<AgentChoice> pending() const;
  /// Takes the pending choice back; ignored when there is none.
  void cancel_pending();
  /// The desktop's sign of life: see AgentOptions::heartbeat_limit. One that comes while a contact is in hand
  /// undoes the loss, a later one leaves it to the agent to be ready again. Throws Error(refused) for an
  /// agent who is logged out.
  void heartbeat();

  /// What is in hand, in the order in which it came.
  std::vector<ContactInHand> contacts() const;
  /// Takes a contact without a call that is offered. This and the next two throw Error(not_found) for a
  /// contact that is not in hand and Error(refused) where it is in another state, or a call: its telephone
  /// takes and ends it.
  void accept(const std::string& contact);
  /// Does not take what is offered: it goes to the next agent. Also stops the telephone from ringing.
  void decline(const std::string& contact);
  /// Is done with a contact without a call: time for notes follows.
  void finish(const std::string& contact);
  /// Ends wrap-up before its time; ignored in any other state. Throws Error(refused) where the queue's
  /// WrapUpMode does not allow that and while a disposition that must be given is not.
  void finish_wrap_up();
  /// Asks for wrap-up after the contacts in hand, where it is WrapUpMode::optional.
  void want_wrap_up();
  /// Makes the wrap-up longer, all in all by QueueOptions::wrap_up_extension at most; else throws
  /// Error(refused) saying what is left.
  void extend_wrap_up(Duration by);
  /// Says what came of a contact in hand, with one of its queue's codes; the last one counts. Throws
  /// Error(not_found) for a contact that is not in hand and Error(invalid) for another code, naming the
  /// codes.
  void dispose(const std::string& contact, std::string code, std::string note = {});

  /// A supervisor's order; who gave it and why is journalled. ready ends wrap-up; not_ready and log_out do
  /// too and take back what is offered; free does all that, gives contacts without a call that are in hand
  /// back to their queue, and leaves the agent not ready. A talk goes on, and what follows is then pending.
  /// Throws Error(refused) for an agent who is logged out and Error(invalid) without a name.
  void force(AgentOrder order, std::string by, std::string why);

  const Skills& skills() const;
  /// From now on; whoever waits for them is offered at once. Journalled.
  void set_skills(Skills skills);

  bool operator==(const Agent&) const = default;

  class Impl;
  explicit Agent(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

 private:
  friend class Center;
  friend class Queue;
  friend class Parties;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr
