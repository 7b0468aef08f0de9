// SPDX-License-Identifier: Apache-2.0
#include "acd/distributor.hpp"

#include "acd/floor.hpp"

using namespace vcsr;
using namespace vcsr::testing;

TEST_CASE("who came first is served first, unless priority is worth more than the difference") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {service});
  const ContactNumber first = floor.enter(service);
  floor.now += 30s;
  const ContactNumber later = floor.enter(service);
  const ContactNumber important = floor.enter(service, "", 1);

  CHECK(floor.distributor.line(service) == std::vector<ContactNumber>{important, first, later});
  CHECK(floor.distributor.position(later) == 3);
  floor.free(agent);
  CHECK(floor.offered_contact() == important);
  CHECK(floor.offers[0].grounds.agent_came);
  CHECK(floor.distributor.waiting(service) == 2);
}

TEST_CASE("a contact waits for an agent who has the skills") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber novice = floor.agent("1001", {{"billing", 1}}, {service});
  const AgentNumber expert = floor.agent("1002", {{"billing", 5}}, {service});
  floor.free(novice);

  const ContactNumber hard = floor.enter(service, "billing >= 3");
  CHECK(floor.offered() == nobody);
  const ContactNumber easy = floor.enter(service, "billing");
  CHECK(floor.offered() == novice);
  CHECK(floor.offers[0].contact == easy);
  floor.free(expert);
  CHECK(floor.offered() == expert);
  CHECK(floor.offers[0].contact == hard);
}

TEST_CASE("an agent who learns a skill gets at once who waited for it") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {service});
  floor.free(agent);
  const ContactNumber contact = floor.enter(service, "zh");

  floor.distributor.set_skills(agent, {{"zh", 2}}, floor.now);

  CHECK(floor.offered() == agent);
  floor.distributor.decline(contact, agent);
  floor.distributor.set_skills(agent, {}, floor.now);
  floor.distributor.wait_again(contact, floor.now);
  floor.free(agent);
  CHECK(floor.offered() == nobody);
}

TEST_CASE("requirements relax in steps while the place is kept") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber novice = floor.agent("1001", {{"billing", 1}}, {service});
  const LadderNumber ladder = floor.distributor.ladder(
      service, Channel::voice, Requirement::parse("billing >= 5"),
      {{20s, Requirement::parse("billing >= 3")}, {40s, Requirement::parse("billing >= 1")}});
  const ContactNumber strict = floor.distributor.enter({.ladder = ladder}, floor.now);
  floor.now += 5s;
  const ContactNumber other = floor.enter(service, "golf");

  CHECK(floor.distributor.next_deadline() == floor.now + 15s);
  floor.pass(15s);
  CHECK(floor.distributor.explain(strict, "en", floor.now).requirement == "(billing >= 5) or (billing >= 3)");
  CHECK(floor.distributor.next_deadline() == floor.now + 20s);
  CHECK(floor.distributor.line(service) == std::vector<ContactNumber>{strict, other});
  floor.free(novice);
  CHECK(floor.offered() == nobody);
  floor.pass(20s);
  CHECK(floor.offered() == novice);
  CHECK(floor.offers[0].contact == strict);
  CHECK(floor.offers[0].grounds.step == 2);
  CHECK_FALSE(floor.distributor.next_deadline().has_value());
}

TEST_CASE("a requirement relaxes while the contact is offered, for when it waits again") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber expert = floor.agent("1001", {{"zh", 5}}, {service}),
                    novice = floor.agent("1002", {}, {service});
  floor.free(expert);
  floor.free(novice);
  const LadderNumber ladder =
      floor.distributor.ladder(service, Channel::voice, Requirement::parse("zh"), {{10s, Requirement()}});
  const ContactNumber contact = floor.distributor.enter({.ladder = ladder}, floor.now);
  REQUIRE(floor.offered() == expert);

  floor.pass(15s);
  CHECK(floor.offered() == nobody);
  floor.distributor.decline(contact, expert);
  floor.distributor.wait_again(contact, floor.now);

  CHECK(floor.offered() == novice);
}

TEST_CASE("a contact keeps its place when an offer is not taken") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {service});
  floor.free(agent);
  const ContactNumber first = floor.enter(service);
  REQUIRE(floor.offered() == agent);
  floor.now += 10s;
  const ContactNumber second = floor.enter(service);

  floor.distributor.decline(first, agent);
  floor.distributor.wait_again(first, floor.now);

  CHECK(floor.distributor.line(service) == std::vector<ContactNumber>{first, second});
  floor.free(agent);
  CHECK(floor.offered_contact() == first);
}

TEST_CASE("a contact is offered to one agent and an agent is offered one contact at a time") {
  Floor floor;
  const QueueNumber one = floor.queue(Strategy::longest_idle), two = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {one, two}), other = floor.agent("1002", {}, {one});
  floor.free(agent);
  floor.free(other);

  floor.enter(one);
  CHECK(floor.offered() == agent);
  floor.enter(two);
  CHECK(floor.offered() == nobody);
  floor.enter(one);
  CHECK(floor.offered() == other);
  floor.enter(one);
  CHECK(floor.offered() == nobody);
}

TEST_CASE("an agent takes contacts of those channels only that fit") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {service});
  const LadderNumber chats = floor.distributor.ladder(service, Channel::chat, {});
  floor.free(agent, Channel::chat, 1);

  floor.enter(service);
  CHECK(floor.offered() == nobody);
  const ContactNumber chat = floor.distributor.enter({.ladder = chats}, floor.now);
  CHECK(floor.offered_contact() == chat);
  floor.free(agent, Channels(Channel::chat) | Channel::voice);
  CHECK(floor.offered() == agent);
}

TEST_CASE("an agent of several queues takes the most urgent by age and weight") {
  Floor floor;
  const QueueNumber plain = floor.queue(Strategy::longest_idle),
                    gold = floor.queue(Strategy::longest_idle, 3);
  const AgentNumber agent = floor.agent("1001", {}, {plain, gold});
  const ContactNumber older = floor.enter(plain);
  floor.now += 10s;
  const ContactNumber younger = floor.enter(gold);
  SUBCASE("the weight decides") {
    floor.now += 10s;
    floor.free(agent);
    CHECK(floor.offered_contact() == younger);
  }
  SUBCASE("the age decides") {
    floor.now += 4s;
    floor.free(agent);
    CHECK(floor.offered_contact() == older);
  }
}

TEST_CASE("nobody waits for ever, however heavy the other queue and its load are") {
  Floor floor;
  const QueueNumber plain = floor.queue(Strategy::longest_idle),
                    gold = floor.queue(Strategy::longest_idle, 1e9);
  const AgentNumber agent = floor.agent("1001", {}, {plain, gold});
  const ContactNumber patient = floor.enter(plain);
  bool served = false;
  int decisions = 0;
  while (!served && decisions < 100) {
    for (int i = 0; i < 3; ++i) floor.enter(gold);
    floor.now += 1s;
    floor.free(agent);
    served = floor.offered_contact() == patient;
    floor.distributor.accept(floor.offers[0].contact, agent);
    ++decisions;
  }

  CHECK(served);
  CHECK(decisions <= 8);
}

TEST_CASE("a contact is held for its preferred agent for a limited time") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber anna = floor.agent("anna", {}, {service}), bob = floor.agent("bob", {}, {service});
  floor.free(bob);
  floor.rest(anna, Standing::engaged);
  const Entry entry{.ladder = floor.distributor.ladder(service, Channel::voice, {}),
                    .preferred = anna,
                    .preferred_for = 30s};
  const ContactNumber contact = floor.distributor.enter(entry, floor.now);
  CHECK(floor.offered() == nobody);
  CHECK(floor.distributor.position(contact) == 1);

  SUBCASE("she becomes free") {
    floor.pass(29s);
    floor.free(anna);
    CHECK(floor.offered() == anna);
    CHECK(floor.offers[0].grounds.preferred);
  }
  SUBCASE("the time is over") {
    floor.pass(30s);
    CHECK(floor.offered() == bob);
    CHECK_FALSE(floor.offers[0].grounds.preferred);
  }
  SUBCASE("she logs out") {
    floor.rest(anna, Standing::logged_out);
    CHECK(floor.offered() == bob);
  }
  SUBCASE("she leaves the queue") {
    floor.distributor.leave(anna, service, floor.now);
    CHECK(floor.offered() == bob);
  }
  SUBCASE("the customer leaves") {
    floor.distributor.withdraw(contact);
    floor.free(anna);
    CHECK(floor.offered() == nobody);
    CHECK_FALSE(floor.distributor.next_deadline().has_value());
  }
}

TEST_CASE("an agent who joins a queue or leaves it changes what she is offered at once") {
  Floor floor;
  const QueueNumber one = floor.queue(Strategy::longest_idle), two = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {}, {one});
  floor.free(agent);
  const ContactNumber contact = floor.enter(two);

  floor.distributor.join(agent, two, 0, floor.now);
  CHECK(floor.offered_contact() == contact);
  floor.distributor.accept(contact, agent);
  floor.distributor.leave(agent, one, floor.now);
  floor.distributor.leave(agent, one, floor.now);
  floor.free(agent);
  floor.enter(one);
  CHECK(floor.offered() == nobody);
}

TEST_CASE("requirements that come and go leave nothing behind") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  const AgentNumber agent = floor.agent("1001", {{"s7", 1}}, {service});
  floor.free(agent);
  for (int i = 0; i < 10'000; ++i)
    floor.distributor.withdraw(floor.enter(service, "not s7 and s" + std::to_string(i)));

  CHECK(floor.offered() == nobody);
  floor.enter(service, "s7");
  CHECK(floor.offered() == agent);
  CHECK(floor.distributor.explain(floor.offers[0].contact, "en", floor.now).agents.size() == 1);
}

TEST_CASE("an offer says on what it rests") {
  Floor floor;
  const QueueNumber service = floor.queue(Strategy::longest_idle);
  for (int i = 0; i < 6; ++i) {
    floor.agent(std::to_string(1001 + i), {{"zh", i % 2}}, {service});
    floor.now += 10s;
    floor.free(static_cast<AgentNumber>(i));
  }
  floor.rest(5, Standing::not_ready, "lunch");

  floor.enter(service, "zh");

  REQUIRE(floor.offered() == 1);
  const Grounds& grounds = floor.offers[0].grounds;
  CHECK(grounds.strategy == Strategy::longest_idle);
  CHECK(grounds.score == 40);
  CHECK(grounds.runners_up[0].agent == 3);
  CHECK(grounds.runners_up[0].score == 20);
  CHECK(grounds.runners_up[1].agent == nobody);
  CHECK(grounds.members == 6);
  CHECK(grounds.qualified == 3);
  CHECK(grounds.free == 2);
  CHECK(grounds.by_standing[static_cast<std::size_t>(Standing::not_ready)] == 1);
  CHECK(grounds.by_standing[static_cast<std::size_t>(Standing::ready)] == 5);
}
