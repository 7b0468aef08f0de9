// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/agent.hpp"
#include "vcsr/call.hpp"
#include "vcsr/parking.hpp"

namespace vcsr {

/// What a leg of a call is there for.
enum class Role {
  customer,    ///< whose contact it is
  party,       ///< dialled by the dialogue or by a queue
  consulted,   ///< asked by the one in charge while the customer waits
  successor,   ///< dialled to take the customer over from the one in charge
  expert,      ///< added to the talk
  supervisor,  ///< listens, whispers or barges in
};
/// "customer", "party", …
VCSR_EXPORT const char* to_string(Role role) noexcept;

/// The state of a leg in CSTA's words (ECMA-269): `hold` also while it waits for somebody else's talk to end.
enum class ConnectionState { alerting, connected, hold };
/// "alerting", "connected", "hold"
VCSR_EXPORT const char* to_string(ConnectionState state) noexcept;

/// Who hears a supervisor: nobody, the one in charge, everybody in the talk. The supervisor hears them all.
enum class Supervision { listen, whisper, barge };
/// "listen", "whisper", "barge"
VCSR_EXPORT const char* to_string(Supervision mode) noexcept;

/// A leg of a call as it is now.
struct Connection {
  int leg = 0;  ///< its number in the contact's record; the customer's is 1
  Role role = Role::customer;
  ConnectionState state = ConnectionState::alerting;
  Address address;
  std::string agent;       ///< "" when the address is no agent's
  bool in_charge = false;  ///< the customer is this one's affair
  bool muted = false;
  Supervision supervision = Supervision::listen;  ///< of a supervisor
};

/// Everybody in a call, and what switches between them: the operations of an agent's desk. They may be used
/// from anywhere on the loop while the dialogue awaits Call::talk() or Queue::serve().
///
/// One party at a time is in charge of the customer: the one that was dialled, until it passes the customer
/// on or leaves; then whoever is left in the talk, and the talk is over when there is nobody. Whoever waits
/// hears the queue's or the center's music, the one in charge the ringing of who is consulted. All throw
/// Error(refused) that says why where the state does not allow it, Error(not_found) for a leg that is not
/// there, and Hangup once the customer has gone. Every change is in the journal, every leg in
/// ContactRecord::legs.
class VCSR_EXPORT Parties {
 public:
  static constexpr int customer = 1;

  /// By number; those that have ended are not among them.
  std::vector<Connection> all() const;

  /// The leg hears music, and nobody hears it.
  void hold(int leg = customer);
  void retrieve(int leg = customer);
  /// Nobody hears the party, which goes on hearing.
  void mute(int leg, bool on = true);
  /// Until the last of them has gone out to that leg: 0-9 * # A-D.
  Task<> send_digits(int leg, std::string digits);

  /// Calls somebody whom the one in charge wants to ask; the customer waits. When nobody answers, or the
  /// consulted leaves, they talk on as before.
  Task<Reached> consult(Address to, DialPartyOptions options = {});
  /// The one in charge talks with the other side, the customer or the consulted.
  void alternate();
  /// Attended transfer: the consulted takes the customer over and the one in charge is let go.
  void complete();
  /// The consulted is let go, answered or not.
  void reconnect();
  /// Conference: the consulted joins the talk with the customer.
  void join();
  /// Calls somebody into the talk, which goes on meanwhile.
  Task<Reached> add(Address to, DialPartyOptions options = {});
  /// Lets a party go.
  void drop(int leg);
  /// Blind transfer: calls somebody to take the customer over. The one in charge is let go when it answers,
  /// and has the customer back when it does not; it may leave before.
  Task<Reached> pass_on(Address to, DialPartyOptions options = {});

  /// Lets all others go; the customer hears music and can be picked up. Returns the slot. Throws, beside what
  /// all throw, Error(not_found) for a slot or queue that does not exist and Error(refused) for one that is
  /// taken, naming those there are.
  std::string park(ParkOptions options = {});
  /// Where the customer is parked now.
  std::optional<ParkedCall> parked() const;
  /// Calls this agent, who then has the customer that is parked, or for whom another agent's telephone rings.
  /// Of those only agents of a common queue may pick up, and who has AgentOptions::picks_up. Whoever answers
  /// first has her. Throws Error(refused) for somebody who may not, and where there is nothing to pick up.
  Task<Reached> pick_up(Agent by, DialPartyOptions options = {});

  /// Calls a supervisor into a talk; let go when nobody is in charge any more.
  Task<Reached> supervise(Address supervisor, Supervision mode, DialPartyOptions options = {});
  void supervise(int leg, Supervision mode);
  /// The supervisor becomes the one in charge; who was is let go.
  void take_over(int leg);

 private:
  friend class Call;
  explicit Parties(std::shared_ptr<Call::Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<Call::Impl> impl_;
};

}  // namespace vcsr
