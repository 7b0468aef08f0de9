// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/party.hpp"

namespace vcsr {

/// Where the customer waits for anybody who picks her up.
struct Parked {
  std::uint64_t number;  ///< of the parking
  std::string slot;
  Address by;
  std::string agent;
  Timestamp began;
  WallTime since;
  int called_back = 0;  ///< the leg of who parked her, when time was up
};

/// Who is in a call, who is in charge, and what follows from it: who hears whom, who hears music, whose time
/// it is. State is changed freely and then made real by apply(), which does only what is different.
class Conversation {
 public:
  explicit Conversation(Call::Impl& call);
  Conversation(const Conversation&) = delete;

  Party& add(Role role, const Address& address);
  /// Rings for the agent, beside all others who are rung so: who answers first has the customer.
  Party& ring(const Address& address, std::string agent);
  /// Somebody who is there already.
  Party& adopt(Role role, const Address& address, std::unique_ptr<Leg> leg);
  /// Rings beside a party that rings; whoever answers first is the one, and the other is let go.
  Party& add_instead_of(Party& party, const Address& address);
  /// Takes a party's place once it is answered, whether that one still rings or talks.
  void replace(Party& party, std::unique_ptr<Leg> by, const Address& address);
  /// The party goes on elsewhere.
  std::unique_ptr<Leg> give(Party& party);
  void answered(Party& party);
  void ended(Party& party, Cause cause);
  /// Our side lets it go.
  void release(Party& party, Cause cause = Cause::normal);
  void release_all();

  /// The call is over, with everybody in it.
  void end(Cause cause);
  /// Once it is over: the drivers may be gone before the last handle of the call is.
  void drop_legs();
  /// Nobody is in charge of the customer, or will be.
  bool over() const { return !in_charge && !parked && !sought; }

  /// Everybody is let go and the customer waits; returns the parking's number.
  std::uint64_t park(const std::string& slot);
  void unpark(const char* result, int leg);

  /// Throw Hangup or Error(refused), Error(not_found).
  Party& require_in_charge() const;
  Party& require_consulted() const;
  Party& require_party(int leg) const;
  /// The newest leg of the agent, which has one.
  Party& last_of(const std::string& agent) const;
  Party& require_supervisor(int leg) const;
  Line& require_line(int leg);
  void require_free_hand() const;

  /// The customer has another leg: its links are to be made anew.
  void customer_moved();
  void take(Party& party);
  /// `second` has the customer from now on.
  void hand_over();
  void hold(int leg, bool held);
  void apply();
  /// As it was made real last.
  bool hears(const Line& hearer, const Line& source) const { return links_.count({&hearer, &source}) != 0; }

  Line customer;
  std::vector<std::unique_ptr<Party>> parties;  ///< all there ever were
  Party* in_charge = nullptr;
  Party* second = nullptr;  ///< consulted by the one in charge, or called to succeed it
  std::optional<Parked> parked;
  bool sought = false;         ///< somebody is looked for, who will be in charge
  bool with_customer = false;  ///< the one in charge talks with the customer although there is a second

 private:
  Party& enter(Role role, const Address& address, std::string agent);
  void take_place(Party& party, Party& before);
  /// Those who ring in its stead.
  void release_heirs(const Party& party);
  /// Those who ring beside it.
  void release_rivals(const Party& party);
  void let_all_go();

  enum class Room { none, talk, aside };

  Room room(const Line& line) const;
  Room room(const Party& party) const;
  const Party* supervisor(const Line& line) const;
  /// Mute apart: whoever is muted is silent, and not away.
  bool linked(const Line& hearer, const Line& source) const;
  bool together(const Line& hearer, const Line& source) const;
  Line::Sound sound_for(const Line& line) const;
  bool anybody_audible(const Line& line) const;
  bool talking() const;
  Party* next_in_charge() const;
  std::vector<Line*> lines();

  void count_time();
  void link(Line& hearer, Line& source);
  void sound(Line& line);
  void assign_time();
  void tell_charge();
  void close_line(Line& line, Cause cause);
  void drop_the_unneeded();

  Call::Impl& call_;
  Timestamp counted_;
  std::set<std::pair<const Line*, const Line*>> links_;
  Party* told_ = nullptr;  ///< whose being in charge is in the journal
  Duration talked_before_{}, held_before_{};
  std::uint64_t parkings_ = 0;
};

}  // namespace vcsr
