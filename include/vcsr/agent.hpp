// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/telephony/address.hpp"

namespace vcsr {

/// What an agent is doing: reserved while the phone rings, busy in a talk, hold while the agent keeps the
/// customer waiting in it, wrap_up in the time for notes after it.
enum class AgentState { logged_out, not_ready, ready, reserved, busy, hold, wrap_up };
/// "logged_out", "not_ready", …
VCSR_EXPORT const char* to_string(AgentState state) noexcept;

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
};

/// A person who takes contacts. The state is the engine's: it changes by its timers and by what
/// happens to contacts; people choose between ready and not ready, and a choice made while a contact
/// is in hand holds once that is over. Every change is journalled. A handle on its center's loop.
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
  /// Ends wrap-up before its time; ignored in any other state.
  void finish_wrap_up();

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
