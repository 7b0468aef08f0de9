// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "acd/distributor.hpp"
#include "thrown.hpp"

namespace vcsr::testing {

using namespace vcsr::acd;
using namespace std::chrono_literals;

/// A distributor with a clock; agents answer as the test says.
struct Floor {
  AgentNumber agent(const std::string& id, Skills skills, std::initializer_list<QueueNumber> queues,
                    int level = 0) {
    const AgentNumber number = distributor.add_agent(id, std::move(skills));
    for (const QueueNumber queue : queues) distributor.join(number, queue, level, now);
    return number;
  }
  QueueNumber queue(Strategy strategy, double weight = 1) {
    return distributor.add_queue({.name = "service", .strategy = strategy, .weight = weight});
  }
  void free(AgentNumber agent, Channels open = Channel::voice, int load = 0) {
    distributor.update(agent, {Standing::ready, {}, open, load, now}, now);
  }
  void rest(AgentNumber agent, Standing standing, std::string reason = {}) {
    distributor.update(agent, {standing, std::move(reason), {}, 0, now}, now);
  }
  ContactNumber enter(QueueNumber queue, const std::string& requirement = {}, int priority = 0) {
    return distributor.enter(
        {.ladder = distributor.ladder(queue, Channel::voice, Requirement::parse(requirement)),
         .priority = priority},
        now);
  }
  void pass(Duration time) {
    now += time;
    distributor.advance(now);
  }
  /// Of the one offer that there is: to whom.
  AgentNumber offered() {
    offers = distributor.take_offers();
    if (offers.empty()) return nobody;
    REQUIRE(offers.size() == 1);
    return offers[0].agents.front();
  }
  ContactNumber offered_contact() { return offered() == nobody ? nobody : offers[0].contact; }
  /// The agent takes the contact, and is free again when it is over.
  AgentNumber handle(Duration talk) {
    const AgentNumber agent = offered();
    if (agent == nobody) return agent;
    distributor.accept(offers[0].contact, agent);
    now += talk;
    distributor.credit(agent, talk, talk);
    free(agent);
    return agent;
  }

  Timestamp now{1000s};
  Distributor distributor;
  std::vector<Offer> offers;
};

}  // namespace vcsr::testing
