// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "histories/mortal_stores.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/center.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr::testing {

using namespace std::chrono_literals;

/// One run of a center's program, from its start until it is stopped or killed: four queues that share
/// four agents, callers, those who write and those who are called back.
class CenterLife {
 public:
  static constexpr std::size_t queues = 4, agents = 4, called_back = 3;
  static constexpr Duration longest_offer = 20s;
  static constexpr Duration callback_rings = 15s;
  /// Where the customer is called first, the agent is reserved for that, too.
  static constexpr Duration longest_reserved = longest_offer + callback_rings;

  CenterLife(SimLoop& loop, Journal& journal, CustomerStore& customers);
  /// As the system kills a program: nothing is written any more.
  ~CenterLife();
  CenterLife(const CenterLife&) = delete;
  /// In good order.
  void stop();

  Queue queue(std::size_t number) { return center_.queue(name_of(number)); }
  Agent agent(std::size_t number) { return center_.agent(id_of(number)); }
  Center& center() { return center_; }

  static std::string name_of(std::size_t queue);
  static std::string id_of(std::size_t agent);

  void call(std::size_t queue, Duration patience);
  void write(std::size_t queue, Channel channel, int priority);
  /// A customer asks to be called back, after so long or, where that is zero, at once.
  void ask_for_call(std::size_t queue, std::size_t customer, Duration later);
  /// What the telephone of a customer does who is called back.
  void set_customer(std::size_t customer, SimPhone::Reaction reaction, Duration rings);
  /// All who called or wrote and have not left; any number is somebody's.
  SimParty* caller(std::size_t number);
  std::vector<Contact>& writers() { return writers_; }
  /// The telephone of an agent who was called last.
  SimParty* telephone(std::size_t agent);
  void set_telephone(std::size_t agent, SimPhone::Reaction reaction, Duration rings);
  void remove_telephone(std::size_t agent) { lines_->remove_phone(id_of(agent)); }

 private:
  void add_queues();
  void add_agents();
  void forget_who_left();

  SimLoop& loop_;
  MortalJournal journal_;
  MortalCustomers customers_;
  Center center_;
  SimDriver* lines_ = nullptr;
  std::vector<SimParty> callers_;
  std::vector<Contact> writers_;
  std::map<std::string, SimParty> telephones_;
  Scope serving_;
};

}  // namespace vcsr::testing
