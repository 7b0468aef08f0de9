// SPDX-License-Identifier: Apache-2.0
#include "vcsr/queue_decisions.hpp"

#include <cmath>

#include "core/agent_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

/// Agents of every standing, and what the journal tells of who called.
struct Past : Staff {
  Past() : Staff({.name = "service", .wrap_up = 1min, .requirement = Requirement::parse("billing >= 2")}) {}

  Agent with_billing(const std::string& id, int level, SimPhone phone = {.rings = 1s}) {
    return staff(AgentOptions{.id = id, .name = {}, .address = {}, .skills = {{"billing", level}}},
                 std::move(phone));
  }
  std::string newest_contact() { return entries(events::contact_arrived).back().subject; }
  std::vector<QueueDecision> decisions(const std::string& contact, const char* language = "en") {
    QueueDecisions decisions(contact, language);
    for (const JournalEntry& entry : entries()) decisions.apply(entry);
    return decisions.all();
  }
  static const ConsideredAgent& of(const Explanation& why, const std::string& agent) {
    for (const ConsideredAgent& one : why.agents)
      if (one.agent == agent) return one;
    FAIL("agent ", agent, " was not considered");
    return why.agents.front();
  }
};

}  // namespace

TEST_CASE("the journal tells why an agent was chosen and every other was not") {
  Past world;
  world.with_billing("1001", 1);
  world.with_billing("1002", 2).set_not_ready("lunch");
  world.with_billing("1003", 5).log_out();
  world.with_billing("1004", 2);
  world.loop.run_for(10s);
  world.with_billing("1005", 2);
  world.loop.run_for(5s);

  world.caller("anna", stays);
  world.loop.run_for(1s);

  const std::vector<QueueDecision> all = world.decisions(world.newest_contact());
  REQUIRE(all.size() == 1);
  const Explanation& why = all[0].why;
  CHECK(why.state == Explanation::State::offered);
  CHECK(why.queue == "service");
  CHECK(why.requirement == "billing >= 2");
  CHECK(why.offered_to == Words{"1004"});
  REQUIRE(why.agents.size() == 5);
  CHECK(why.agents[0].agent == "1004");
  CHECK(why.agents[0].score == doctest::Approx(15));
  CHECK(why.agents[1].agent == "1005");
  CHECK(why.agents[1].score == doctest::Approx(5));
  CHECK(Past::of(why, "1001").refusal == Refusal::lacks_skill);
  CHECK(Past::of(why, "1001").detail == "billing is 1, needs 2");
  CHECK(Past::of(why, "1002").refusal == Refusal::not_ready);
  CHECK(Past::of(why, "1002").detail == "lunch");
  CHECK(Past::of(why, "1003").refusal == Refusal::logged_out);
}

TEST_CASE("why nobody took a contact when it came is what the queue itself said then") {
  Past world;
  world.with_billing("1001", 1);
  world.with_billing("1002", 2).set_not_ready("lunch");
  world.with_billing("1003", 2, {.rings = 1s, .behavior = talks(20s)});
  world.caller("first", stays);
  world.loop.run_for(10s);

  world.caller("anna", stays);
  world.loop.run_for(0s);
  const std::string contact = world.newest_contact();
  const Explanation then = world.queue.explain(contact);
  world.loop.run_for(3min);

  const std::vector<QueueDecision> all = world.decisions(contact);
  REQUIRE(all.size() == 2);
  CHECK(all[0].why.state == Explanation::State::waiting);
  CHECK(all[0].why.position == 1);
  REQUIRE(all[0].why.agents.size() == then.agents.size());
  for (const ConsideredAgent& agent : then.agents) {
    CAPTURE(agent.agent);
    CHECK(Past::of(all[0].why, agent.agent).refusal == agent.refusal);
    CHECK(Past::of(all[0].why, agent.agent).detail == agent.detail);
    CHECK(std::isnan(Past::of(all[0].why, agent.agent).score));
  }
  CHECK(all[1].why.offered_to == Words{"1003"});
  CHECK(all[1].why.waited > 10s);
}

TEST_CASE("who has left a queue, or learned a skill, is considered as it was then") {
  Past world;
  Agent left = world.with_billing("1001", 2), learner = world.with_billing("1002", 1);
  world.queue.remove(left);
  world.caller("anna", stays);
  world.loop.run_for(5s);
  learner.set_skills({{"billing", 3}});
  world.loop.run_for(1s);

  const std::vector<QueueDecision> all = world.decisions(world.newest_contact());

  REQUIRE(all.size() == 2);
  REQUIRE(all[0].why.agents.size() == 1);
  CHECK(all[0].why.agents[0].refusal == Refusal::lacks_skill);
  CHECK(all[1].why.offered_to == Words{"1002"});
}

TEST_CASE("whom a later run of the program has no more is not considered any more") {
  QueueDecisions decisions("c2");
  const auto apply = [&decisions](const char* type, const char* subject, Facts data) {
    decisions.apply({.type = type, .subject = subject, .data = std::move(data)});
  };
  for (const char* id : {"1001", "1002"})
    apply(events::agent_joined, id, {{"queue", "service"}, {"level", 0}});
  apply(events::center_started, "", {});
  apply(events::agent_joined, "1002", {{"queue", "service"}, {"level", 0}});
  apply(events::contact_queued, "c2", {{"queue", "service"}});

  REQUIRE(decisions.all().size() == 1);
  REQUIRE(decisions.all()[0].why.agents.size() == 1);
  CHECK(decisions.all()[0].why.agents[0].agent == "1002");
}

TEST_CASE("a decision is told in words of English and Chinese") {
  Past world;
  world.with_billing("1001", 2).set_not_ready("lunch");
  world.caller("anna", stays);
  world.loop.run_for(0s);
  const std::string contact = world.newest_contact();

  const Words english = world.decisions(contact).at(0).in_words();
  const Words chinese = world.decisions(contact, "zh").at(0).in_words("zh");

  CHECK(english == Words{"2026-01-01T00:00:00.000Z  contact " + contact +
                             " has been in queue service for 0 s at place 1; asks for billing >= 2",
                         "1001 is not ready: lunch"});
  CHECK(chinese.at(1) == "1001 未就绪：lunch");
}

TEST_CASE("a contact that never waited has no decisions") {
  Past world;

  CHECK(world.decisions("nobody").empty());
}

TEST_CASE("all whose telephones rang at once are named by one decision") {
  Staff world({.name = "service", .strategy = Strategy::ring_all});
  for (const char* id : {"1001", "1002", "1003"}) world.staff(id);
  world.center.agent("1002").set_not_ready("lunch");
  world.caller("anna", stays);
  world.loop.run_for(1s);

  QueueDecisions decisions(world.entries(events::contact_arrived).back().subject);
  for (const JournalEntry& entry : world.entries()) decisions.apply(entry);

  REQUIRE(decisions.all().size() == 1);
  CHECK(decisions.all()[0].why.offered_to == Words{"1001", "1003"});
  CHECK(Past::of(decisions.all()[0].why, "1002").refusal == Refusal::not_ready);
}
