// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "acd/floor.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Three agents who became free one after the other, and what they did before.
struct Three : Floor {
  explicit Three(Strategy strategy, std::vector<int> levels = {0, 0, 0}) : service(queue(strategy)) {
    const int skill[] = {3, 9, 1};
    for (int i = 0; i < 3; ++i) {
      agents.push_back(agent(std::to_string(1001 + i), {{"zh", skill[i]}}, {service}, levels.at(i)));
      now += 1s;
      free(agents.back());
    }
  }
  /// Who gets contacts that come one after the other and take so long.
  std::vector<AgentNumber> order(std::initializer_list<Duration> talks) {
    std::vector<AgentNumber> order;
    for (const Duration talk : talks) {
      enter(service, "zh");
      order.push_back(handle(talk));
    }
    return order;
  }

  QueueNumber service;
  std::vector<AgentNumber> agents;
};

using Order = std::vector<AgentNumber>;

}  // namespace

TEST_CASE("the agent who has been idle longest is chosen") {
  CHECK(Three(Strategy::longest_idle).order({9s, 1s, 5s, 1s}) == Order{0, 1, 2, 0});
}

TEST_CASE("the agent with the fewest contacts is chosen") {
  Three floor(Strategy::fewest_contacts);
  CHECK(floor.order({1s, 1s}) == Order{0, 1});
  floor.rest(2, Standing::not_ready);
  CHECK(floor.order({1s, 1s}) == Order{0, 1});
  floor.free(2);
  CHECK(floor.order({1s, 1s, 1s}) == Order{2, 2, 0});
}

TEST_CASE("the agent who has talked least is chosen") {
  CHECK(Three(Strategy::least_talk_time).order({9s, 1s, 5s, 1s, 1s, 5s}) == Order{0, 1, 2, 1, 1, 1});
}

TEST_CASE("the agent who is occupied least since log-in is chosen") {
  Three floor(Strategy::least_occupied);
  CHECK(floor.order({10s, 5s, 1s}) == Order{0, 1, 2});
  CHECK(floor.order({1s}) == Order{2});
}

TEST_CASE("agents take turns, and a busy one is passed over") {
  Three floor(Strategy::round_robin);
  CHECK(floor.order({1s, 1s, 1s, 1s}) == Order{0, 1, 2, 0});
  floor.rest(1, Standing::not_ready, "lunch");
  CHECK(floor.order({1s, 1s, 1s}) == Order{2, 0, 2});
  floor.free(1);
  CHECK(floor.order({1s, 1s}) == Order{0, 1});
}

TEST_CASE("the first in the order of agents is chosen as long as she is free") {
  Three floor(Strategy::fixed_priority);
  CHECK(floor.order({9s, 1s}) == Order{0, 0});
  floor.rest(0, Standing::wrap_up);
  CHECK(floor.order({1s}) == Order{1});
}

TEST_CASE("a random agent is chosen, the same for the same seed") {
  const auto draw = [] {
    return Three(Strategy::random).order({1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s, 1s});
  };
  const Order order = draw();

  CHECK(order == draw());
  CHECK(std::set<AgentNumber>(order.begin(), order.end()).size() == 3);
}

TEST_CASE("the most skilled agent is chosen, or the least to spare the experts") {
  CHECK(Three(Strategy::best_skilled).order({1s, 1s}) == Order{1, 1});
  CHECK(Three(Strategy::least_skilled).order({1s, 1s}) == Order{2, 2});
}

TEST_CASE("a function of the program's chooses by its score, the longest idle among equals") {
  Floor floor;
  const QueueNumber service = floor.distributor.add_queue(
      {.name = "service", .strategy = Strategy::custom, .score = [](ContactNumber, AgentNumber agent) {
         return agent == 0 ? 1.0 : 2.0;
       }});
  for (const char* id : {"1001", "1002", "1003"}) {
    floor.free(floor.agent(id, {}, {service}));
    floor.now += 1s;
  }

  floor.enter(service);

  CHECK(floor.offered() == 1);
  CHECK(floor.offers[0].grounds.score == 2.0);
}

TEST_CASE("agents of a lower level in the queue go before all others") {
  for (const Strategy strategy : {Strategy::longest_idle, Strategy::fewest_contacts, Strategy::best_skilled,
                                  Strategy::random, Strategy::round_robin}) {
    CAPTURE(to_string(strategy));
    Three floor(strategy, {2, 2, 1});
    CHECK(floor.order({1s, 1s}) == Order{2, 2});
  }
}

TEST_CASE("who has less in hand goes before who has been idle longer") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber busy = floor.agent("1001", {}, {service}), idle = floor.agent("1002", {}, {service});
  floor.free(busy, Channel::voice, 1);
  floor.now += 10s;
  floor.free(idle);

  floor.enter(service);

  CHECK(floor.offered() == idle);
}

TEST_CASE("all who are free are offered the contact at once, and the first to accept has it") {
  Floor floor;
  const QueueNumber grab =
      floor.distributor.add_queue({.name = "grab", .strategy = Strategy::ring_all, .group = 2});
  for (const char* id : {"1001", "1002", "1003"}) floor.free(floor.agent(id, {}, {grab}));

  const ContactNumber first = floor.enter(grab);
  CHECK(floor.offered() == 0);
  CHECK(floor.offers[0].agents == std::vector<AgentNumber>{0, 1});
  const ContactNumber second = floor.enter(grab);
  CHECK(floor.offered() == 2);

  floor.distributor.decline(first, 0);
  floor.free(0);
  CHECK(floor.offered_contact() == second);
  CHECK(floor.offers[0].agents == std::vector<AgentNumber>{0});
  floor.distributor.settle_on(first, 1);
  floor.distributor.accept(first, 1);
  floor.distributor.decline(second, 2);
  floor.distributor.decline(second, 0);
  floor.free(0);
  CHECK(floor.offered() == nobody);
  floor.distributor.wait_again(second, floor.now);
  CHECK(floor.offered_contact() == second);
  CHECK(floor.offers[0].agents == std::vector<AgentNumber>{0});
}

namespace {

/// Two queues with one agent, each with a goal of four in five.
struct Goals : Floor {
  QueueNumber sales = distributor.add_queue({.name = "sales", .goal = 0.8}),
              service = distributor.add_queue({.name = "service", .weight = 4, .goal = 0.8});
  AgentNumber shared = agent("1001", {}, {sales, service});

  void serve(QueueNumber queue, int good, int bad) {
    for (int i = 0; i < good + bad; ++i) distributor.note_service(queue, i < good);
  }
};

}  // namespace

TEST_CASE("of queues that share an agent the one furthest below its goal goes first, else by weight") {
  Goals floor;
  const ContactNumber old = floor.enter(floor.sales);
  floor.now += 1s;
  const ContactNumber young = floor.enter(floor.service);
  floor.now += 10s;
  SUBCASE("both keep theirs") {
    floor.serve(floor.sales, 9, 1);
    floor.serve(floor.service, 8, 2);
    floor.free(floor.shared);
    CHECK(floor.offered_contact() == young);
    CHECK(floor.offers[0].grounds.debt == 0.0);
  }
  SUBCASE("one is further below") {
    floor.serve(floor.sales, 5, 5);
    floor.serve(floor.service, 7, 3);
    floor.free(floor.shared);
    CHECK(floor.offered_contact() == old);
    CHECK(*floor.offers[0].grounds.debt == doctest::Approx(0.3));
  }
  SUBCASE("what was long ago counts no more") {
    floor.serve(floor.sales, 0, 50);
    floor.serve(floor.sales, 100, 0);
    CHECK(floor.distributor.debt(floor.sales) == 0);
    floor.free(floor.shared);
    CHECK(floor.offered_contact() == young);
  }
}

TEST_CASE("a queue that keeps its goal is not starved by one that never does") {
  Goals floor;
  floor.serve(floor.sales, 0, 100);
  const ContactNumber patient = floor.enter(floor.service);
  floor.now += 1s;
  for (int i = 0; i < 20; ++i) floor.enter(floor.sales);
  int before = 0;
  floor.free(floor.shared);
  for (ContactNumber next = floor.offered_contact(); next != patient; next = floor.offered_contact()) {
    floor.distributor.accept(next, floor.shared);
    floor.free(floor.shared);
    ++before;
  }

  CHECK(before == 7);
}

TEST_CASE("an explanation tells how a queue stands to its goal") {
  Goals floor;
  floor.serve(floor.sales, 62, 38);
  const ContactNumber contact = floor.enter(floor.sales);

  const Explanation why = floor.distributor.explain(contact, "en", floor.now);

  CHECK(why.in_words()[0].find("; of the queue 62 % are answered in time, the goal is 80 %, so that it goes "
                               "before queues that keep theirs") != std::string::npos);
  CHECK(why.in_words("zh")[0].find("；队列及时接通 62%，目标 80%，优先于达标的队列") != std::string::npos);
}

TEST_CASE("who becomes free while a group is rung joins it, unless somebody waits whom nobody rings for") {
  Floor floor;
  const QueueNumber grab = floor.queue(Strategy::ring_all);
  const AgentNumber one = floor.agent("1001", {}, {grab}), two = floor.agent("1002", {}, {grab}),
                    three = floor.agent("1003", {}, {grab});
  floor.free(one);
  const ContactNumber first = floor.enter(grab);
  CHECK(floor.offered() == one);
  const ContactNumber second = floor.enter(grab);
  CHECK(floor.offered() == nobody);

  floor.free(two);
  CHECK(floor.offered_contact() == second);
  floor.free(three);
  CHECK(floor.offered_contact() == first);
  CHECK(floor.offers[0].agents == std::vector<AgentNumber>{three});

  floor.distributor.settle_on(second, nobody);
  floor.distributor.settle_on(first, three);
  floor.free(one);
  CHECK(floor.offered() == nobody);
}

TEST_CASE("agents for whom a requirement relaxes join the group that is rung") {
  Floor floor;
  const QueueNumber grab = floor.queue(Strategy::ring_all);
  floor.free(floor.agent("1001", {{"zh", 1}}, {grab}));
  const AgentNumber other = floor.agent("1002", {}, {grab});
  floor.free(other);
  const ContactNumber contact = floor.distributor.enter(
      {.ladder = floor.distributor.ladder(grab, Channel::voice, Requirement::parse("zh"), {{10s, {}}})},
      floor.now);
  CHECK(floor.offered() == 0);

  floor.pass(10s);

  CHECK(floor.offered_contact() == contact);
  CHECK(floor.offers[0].agents == std::vector<AgentNumber>{other});
}
