// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "acd/distributor.hpp"

namespace vcsr::testing {

using namespace vcsr::acd;

/// What the distributor promises, told in the simplest way: whoever asks looks at everybody.
class NaiveDistributor {
 public:
  struct Given {
    ContactNumber contact;
    std::vector<AgentNumber> agents;
    bool operator==(const Given&) const = default;
  };
  struct Steps {
    QueueNumber queue;
    Channel channel;
    std::vector<std::pair<Duration, Requirement>> requirements;  ///< each as wide as it is by then
  };
  struct Agent {
    Skills skills;
    Availability availability;
    Measures measures, shown;
    Timestamp logged_in{};
    std::map<QueueNumber, std::pair<int, std::uint32_t>> queues;  ///< level and order
    int turn = 0;
  };
  struct Contact {
    enum class State { aside, waiting, held, offered };
    Steps steps;
    std::size_t step = 0;
    State state = State::aside;
    std::pair<Timestamp, std::uint64_t> place;
    Timestamp joined, preferred_until;
    AgentNumber preferred = nobody;
    std::vector<AgentNumber> offered_to = {}, passed = {};
    bool joinable = false;  ///< offered to a group
    const Requirement& requirement() const { return steps.requirements[step].second; }
  };
  struct Queue {
    Strategy strategy;
    double weight;
    std::size_t group;
    std::uint32_t joined = 0;
    std::int64_t last = -1;
    std::optional<double> goal = {};
    std::deque<bool> in_time = {};
  };

  std::vector<Queue> queues;
  std::vector<Agent> agents;
  std::map<ContactNumber, Contact> contacts;
  std::vector<Given> given;
  Timestamp now;
  std::uint64_t entered = 0;

  bool qualifies(const Agent& agent, const Contact& contact) const {
    return agent.queues.count(contact.steps.queue) == 1 &&
           agent.availability.open.has(contact.steps.channel) && contact.requirement().met_by(agent.skills);
  }
  bool awaited(const Contact& contact) const {
    return contact.preferred != nobody && now < contact.preferred_until &&
           agents[contact.preferred].availability.standing != Standing::logged_out &&
           agents[contact.preferred].queues.count(contact.steps.queue) == 1;
  }
  double debt(QueueNumber number) const {
    const Queue& queue = queues[number];
    if (!queue.goal || queue.in_time.empty()) return 0;
    const auto good = std::count(queue.in_time.begin(), queue.in_time.end(), true);
    return std::max(0.0, *queue.goal - static_cast<double>(good) / static_cast<double>(queue.in_time.size()));
  }
  void note_service(QueueNumber number, bool in_time) {
    Queue& queue = queues[number];
    queue.in_time.push_back(in_time);
    if (queue.in_time.size() > 100) queue.in_time.pop_front();
  }
  double urgency(const Contact& contact) const {
    const auto age = static_cast<double>((now - contact.place.first).count());
    const double weight = queues[contact.steps.queue].weight;
    return age >= 0 ? age * weight : age / weight;
  }

  void give(ContactNumber number, std::vector<AgentNumber> chosen) {
    Contact& contact = contacts.at(number);
    const bool preferred = contact.preferred == chosen[0] && now < contact.preferred_until;
    if (!preferred)
      queues[contact.steps.queue].last = agents[chosen[0]].queues.at(contact.steps.queue).second;
    for (const AgentNumber agent : chosen) {
      agents[agent].availability.standing = Standing::reserved;
      agents[agent].availability.open = {};
    }
    contact.state = Contact::State::offered;
    contact.offered_to = chosen;
    contact.passed = {};
    contact.joinable = queues[contact.steps.queue].strategy == Strategy::ring_all;
    given.push_back({number, std::move(chosen)});
  }

  void serve(AgentNumber number) {
    Agent& agent = agents[number];
    if (agent.availability.open.empty()) return;
    std::optional<ContactNumber> oldest, best;
    std::optional<ContactNumber> held;
    const auto consider = [&](ContactNumber candidate) {
      const Contact& contact = contacts.at(candidate);
      if (!oldest || contact.place < contacts.at(*oldest).place) oldest = candidate;
      const auto order = [&](ContactNumber one) {
        const Contact& first = contacts.at(one);
        return std::tuple(-debt(first.steps.queue), -urgency(first), first.place);
      };
      if (!best || order(candidate) < order(*best)) best = candidate;
    };
    for (const auto& [candidate, contact] : contacts) {
      if (contact.state == Contact::State::waiting && qualifies(agent, contact)) consider(candidate);
      if (contact.state == Contact::State::held && contact.preferred == number &&
          agent.availability.open.has(contact.steps.channel) &&
          (!held || contact.place < contacts.at(*held).place))
        held = candidate;
    }
    if (held) consider(*held);
    if (oldest != best && ++agent.turn % 8 == 0) best = oldest;
    if (best) give(*best, {number});
    else if (const auto group = group_for(number)) join(*group, number);
    else agent.shown = agent.measures;
  }

  bool may_join(AgentNumber number, const Contact& contact) const {
    return contact.joinable && contact.state == Contact::State::offered && !awaited(contact) &&
           contact.offered_to.size() < queues[contact.steps.queue].group &&
           qualifies(agents[number], contact) &&
           std::count(contact.passed.begin(), contact.passed.end(), number) == 0 &&
           std::count(contact.offered_to.begin(), contact.offered_to.end(), number) == 0;
  }
  std::optional<ContactNumber> group_for(AgentNumber number) const {
    std::optional<ContactNumber> oldest;
    for (const auto& [candidate, contact] : contacts)
      if (may_join(number, contact) && (!oldest || contact.place < contacts.at(*oldest).place))
        oldest = candidate;
    return oldest;
  }
  void join(ContactNumber number, AgentNumber agent) {
    agents[agent].availability.standing = Standing::reserved;
    agents[agent].availability.open = {};
    contacts.at(number).offered_to.push_back(agent);
    given.push_back({number, {agent}});
  }
  /// Those whom an offer leaves free, best first.
  void widen(ContactNumber number) {
    const Contact& contact = contacts.at(number);
    for (const auto& [candidate, agent] : candidates(contact))
      if (may_join(agent, contact)) join(number, agent);
  }

  std::vector<std::pair<Candidate, AgentNumber>> candidates(const Contact& contact) const {
    std::vector<std::pair<Candidate, AgentNumber>> all;
    for (AgentNumber i = 0; i < agents.size(); ++i) {
      if (!qualifies(agents[i], contact)) continue;
      const auto [level, order] = agents[i].queues.at(contact.steps.queue);
      const Seat seat{0, level, order, contact.requirement().score(agents[i].skills)};
      all.emplace_back(candidate_by(queues[contact.steps.queue].strategy, i, seat, agents[i].shown), i);
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  void put(ContactNumber number) {
    Contact& contact = contacts.at(number);
    if (awaited(contact)) {
      contact.state = Contact::State::held;
      if (agents[contact.preferred].availability.open.has(contact.steps.channel))
        give(number, {contact.preferred});
      return;
    }
    const Queue& queue = queues[contact.steps.queue];
    const auto candidates = this->candidates(contact);
    contact.state = Contact::State::waiting;
    if (candidates.empty()) return;
    std::vector<AgentNumber> chosen = {candidates[0].second};
    if (queue.strategy == Strategy::ring_all)
      for (std::size_t i = 1; i < std::min(candidates.size(), queue.group); ++i)
        chosen.push_back(candidates[i].second);
    if (queue.strategy == Strategy::round_robin) {
      for (const auto& [candidate, agent] : candidates) {
        if (candidate.level != candidates[0].first.level || candidate.load != candidates[0].first.load) break;
        if (candidate.worth <= queue.last) continue;
        chosen = {agent};
        break;
      }
    }
    give(number, std::move(chosen));
  }

  std::optional<Timestamp> deadline(const Contact& contact) const {
    std::optional<Timestamp> at;
    if (contact.step + 1 < contact.steps.requirements.size())
      at = contact.joined + contact.steps.requirements[contact.step + 1].first;
    if (contact.preferred != nobody && (!at || contact.preferred_until < *at)) at = contact.preferred_until;
    return at;
  }
  std::optional<std::pair<Timestamp, ContactNumber>> next() const {
    std::optional<std::pair<Timestamp, ContactNumber>> next;
    for (const auto& [number, contact] : contacts) {
      const std::optional<Timestamp> at = deadline(contact);
      if (at && (!next || std::pair(*at, number) < *next)) next = {*at, number};
    }
    return next;
  }
  void pass(Duration time) {
    now += time;
    for (auto due = next(); due && due->first <= now; due = next()) {
      Contact& contact = contacts.at(due->second);
      const bool waits = contact.state == Contact::State::waiting || contact.state == Contact::State::held;
      while (contact.step + 1 < contact.steps.requirements.size() &&
             contact.joined + contact.steps.requirements[contact.step + 1].first <= now)
        ++contact.step;
      if (contact.preferred_until <= now) contact.preferred = nobody;
      if (waits) put(due->second);
      else widen(due->second);
    }
  }

  void release_held(AgentNumber agent, std::optional<QueueNumber> queue) {
    std::vector<std::pair<std::pair<Timestamp, std::uint64_t>, ContactNumber>> released;
    for (auto& [number, contact] : contacts)
      if (contact.state == Contact::State::held && contact.preferred == agent &&
          (!queue || contact.steps.queue == *queue))
        released.emplace_back(contact.place, number);
    std::sort(released.begin(), released.end());
    for (const auto& [place, number] : released) contacts.at(number).state = Contact::State::aside;
    for (const auto& [place, number] : released) put(number);
  }

  /// Whether somebody waits whom somebody free could serve.
  bool idle_beside_waiting() const {
    for (const auto& [number, contact] : contacts)
      if (contact.state == Contact::State::waiting)
        for (const Agent& agent : agents)
          if (qualifies(agent, contact)) return true;
    return false;
  }
};

}  // namespace vcsr::testing
