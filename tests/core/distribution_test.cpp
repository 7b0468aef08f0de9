// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include "core/agent_world.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

struct Service : World {
  explicit Service(QueueOptions options = {.name = "service", .wrap_up = 0s})
      : queue(center.add_queue(std::move(options))) {
    center.serve("8000", [this](Call call) -> Task<> {
      co_await call.answer();
      if (prepare) prepare(call.contact());
      last = call.contact().id();
      co_await queue.serve(call, Reason("asked for a person"));
    });
  }

  Agent agent(const std::string& id, Skills skills, int level = 0) {
    driver->set_phone(id, {.behavior = talks(10s)});
    Agent agent =
        center.add_agent({.id = id, .name = id, .address = "sim:" + id, .skills = std::move(skills)});
    queue.add(agent, level);
    agent.log_in();
    agent.set_ready();
    return agent;
  }
  void call() {
    caller("anna", stays);
    loop.run_for(1s);
  }
  std::vector<std::string> chosen() {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(events::contact_assigned))
      all.push_back(entry.data.at("agent").text());
    return all;
  }

  Queue queue;
  std::function<void(Contact)> prepare;
  std::string last;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a queue asks for skills, and a contact for its own besides") {
  Service world({.name = "service", .wrap_up = 0s, .requirement = Requirement::parse("billing")});
  world.agent("1001", {{"zh", 1}});
  world.agent("1002", {{"billing", 2}});
  world.agent("1003", {{"billing", 1}, {"zh", 1}});
  world.prepare = [](Contact contact) { contact.require(Requirement::parse("zh")); };

  world.call();

  CHECK(world.chosen() == Names{"1003"});
  CHECK(world.entries(events::contact_required)[0].data.at("requirement").text() == "zh");
}

TEST_CASE("a center that need not explain its choices offers all the same") {
  Staff world({.name = "service", .wrap_up = 0s}, {.explains_choices = false});
  world.staff("1001");

  world.caller("anna", stays);
  world.loop.run_for(5s);

  CHECK(world.facts(events::contact_offered, "agent") == Names{"1001"});
  CHECK(world.entries(events::contact_assigned).empty());
}

TEST_CASE("what a queue asks for relaxes while the caller waits") {
  Service world({.name = "service",
                 .wrap_up = 0s,
                 .requirement = Requirement::parse("billing >= 3"),
                 .relaxed = {{20s, Requirement::parse("billing")}, {40s, {}}}});
  world.agent("1001", {});
  world.call();
  world.loop.run_for(18s);
  Agent novice = world.agent("1002", {{"billing", 1}});
  CHECK(world.chosen().empty());

  world.loop.run_for(2s);

  CHECK(world.chosen() == Names{"1002"});
  CHECK(world.entries(events::contact_assigned)[0].data.at("step") == Value(1));
  novice.set_not_ready("lunch");
  world.loop.run();
  CHECK(world.outcomes() == Names{"served"});
}

TEST_CASE("an agent who learns a skill is offered who waits for it") {
  Service world({.name = "service", .requirement = Requirement::parse("zh")});
  Agent agent = world.agent("1001", {});
  world.call();
  CHECK(world.chosen().empty());

  agent.set_skills({{"zh", 2}});

  CHECK(agent.state() == AgentState::reserved);
  CHECK(agent.skills().at("zh") == 2);
  CHECK(world.entries(events::agent_skills).size() == 1);
}

TEST_CASE("a caller is held for the agent she knows, for a limited time") {
  Service world;
  world.agent("1001", {});
  Agent known = world.agent("1002", {});
  world.prepare = [](Contact contact) { contact.prefer_agent("1002", 30s); };
  SUBCASE("who is free") {
    world.call();
    CHECK(world.chosen() == Names{"1002"});
    CHECK(world.entries(events::contact_assigned)[0].data.at("why").text() == "preferred");
  }
  SUBCASE("who is not free in time") {
    known.set_not_ready("lunch");
    world.call();
    CHECK(world.chosen().empty());
    CHECK(world.queue.explain(world.last).preferred == "1002");
    world.loop.run_for(30s);
    CHECK(world.chosen() == Names{"1001"});
  }
  SUBCASE("who has gone home") {
    known.log_out();
    world.call();
    CHECK(world.chosen() == Names{"1001"});
  }
}

TEST_CASE("agents of a lower level and the strategy of the queue decide who is chosen") {
  Service world({.name = "service",
                 .wrap_up = 0s,
                 .strategy = Strategy::best_skilled,
                 .requirement = Requirement::parse("zh")});
  world.agent("1001", {{"zh", 9}}, 1);
  world.agent("1002", {{"zh", 1}});
  world.agent("1003", {{"zh", 5}});

  world.call();

  CHECK(world.chosen() == Names{"1003"});
}

TEST_CASE("a function of the program's chooses the agent") {
  Service world(
      {.name = "service",
       .strategy = Strategy::custom,
       .score = [](const std::string&, const std::string& agent) { return agent == "1002" ? 2.0 : 1.0; }});
  world.agent("1001", {});
  world.agent("1002", {});

  world.call();

  CHECK(world.chosen() == Names{"1002"});
}

TEST_CASE("a queue explains why a caller waits, and the journal why an agent was chosen") {
  Service world({.name = "service", .wrap_up = 0s, .requirement = Requirement::parse("zh >= 2")});
  world.agent("1001", {{"zh", 1}});
  world.agent("1002", {{"zh", 3}}).set_not_ready("lunch");
  world.call();

  const Explanation why = world.queue.explain(world.last, "zh");
  REQUIRE(why.agents.size() == 2);
  CHECK(why.state == Explanation::State::waiting);
  CHECK(why.agents[0].refusal == Refusal::lacks_skill);
  CHECK(why.in_words("zh")[2] == "1002 未就绪：lunch");
  CHECK(world.queue.explain(world.last).in_words()[1] == "1001 lacks a skill: zh is 1, needs 2");
  world.center.agent("1002").set_ready();

  CHECK(world.queue.explain(world.last).offered_to == Names{"1002"});
  const Facts facts = world.entries(events::contact_assigned).at(0).data;
  CHECK(facts.at("queue").text() == "service");
  CHECK(facts.at("strategy").text() == "longest_idle");
  CHECK(facts.at("why").text() == "agent_free");
  CHECK(facts.at("agents") == Value(2));
  CHECK(facts.at("qualified") == Value(1));
}

TEST_CASE("only a contact that waits can be explained") {
  Service world;
  world.agent("1001", {});
  world.call();
  world.loop.run();

  const std::string refusal = thrown(Error::Code::not_found, [&world] { world.queue.explain(world.last); });
  CHECK(refusal == "contact '" + world.last + "' does not wait in queue 'service'");
}

TEST_CASE("terms of a queue that cannot be are refused with the remedy") {
  World world;
  const auto refusal = [&world](QueueOptions options) {
    return thrown(Error::Code::invalid, [&] { world.center.add_queue(std::move(options)); });
  };

  CHECK(refusal({.name = "q", .weight = 0}).find("queue 'q': weight: expected more than 0") == 0);
  CHECK(refusal({.name = "q", .strategy = Strategy::custom}).find("need each other") != std::string::npos);
  CHECK(
      refusal({.name = "q", .requirement = Requirement::parse("zh >= 5 and zh < 3")}) ==
      "queue 'q': requirement: no skills can meet \"zh >= 5 and zh < 3\"; leave out one of what contradicts "
      "itself");
  CHECK(refusal({.name = "q",
                 .requirement = Requirement::parse("zh"),
                 .relaxed = {{20s, Requirement::parse("zh >= 2 or yue and zh")}}})
            .find("relaxed: \"zh >= 2 or yue and zh\" lets in nobody") != std::string::npos);
  CHECK(refusal({.name = "q", .service_level_goal = 1.1})
            .find("service_level_goal: expected more than 0 and at most 1") != std::string::npos);
  CHECK(refusal({.name = "q", .relaxed = {{20s, {}}, {20s, {}}}}).find("must grow from step to step") !=
        std::string::npos);
}
