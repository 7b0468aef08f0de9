// SPDX-License-Identifier: Apache-2.0
#include "vcsr/agent.hpp"

#include "core/agent_world.hpp"
#include "vcsr/parties.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

double lasted(const JournalEntry& entry, const char* fact = "lasted") {
  return *entry.data.at(fact).get_if<double>();
}

}  // namespace

TEST_CASE("a choice made during a call is pending, is seen, and holds when the work ends") {
  Staff world;
  Agent agent = world.staff("1001", {.rings = 2s, .behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(5s);

  agent.set_not_ready("lunch");
  CHECK(agent.state() == AgentState::busy);
  REQUIRE(agent.pending().has_value());
  CHECK(*agent.pending() == AgentChoice{AgentState::not_ready, "lunch"});
  world.loop.run();

  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "lunch");
  CHECK_FALSE(agent.pending().has_value());
  const JournalEntry change = world.last(events::agent_state);
  CHECK(change.data.at("cause").text() == "agent");
  CHECK(change.data.at("actor").text() == "1001");
}

TEST_CASE("a pending choice can be taken back") {
  Staff world;
  Agent agent = world.staff("1001", {.rings = 2s, .behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(5s);
  agent.log_out();

  SUBCASE("by cancelling") { agent.cancel_pending(); }
  SUBCASE("by choosing to be ready") { agent.set_ready(); }
  SUBCASE("by logging in again") { agent.log_in(); }

  CHECK_FALSE(agent.pending().has_value());
  world.loop.run();
  CHECK(agent.state() == AgentState::ready);
  CHECK(world.facts(events::agent_choice, "state") == Words{"logged_out", ""});
}

TEST_CASE(
    "a reserved agent is free again within the offer time, whatever happens to the caller or the phone") {
  Staff world({.name = "service", .offer_time = 15s, .wrap_up = 0s});
  SimPhone phone{.rings = 5s};
  SimBehavior customer = stays;
  std::string state = "not_ready", reason = "no answer";
  SUBCASE("nobody answers") { phone.reaction = SimPhone::Reaction::rings_on; }
  SUBCASE("the agent rejects") {
    phone.reaction = SimPhone::Reaction::rejects;
    reason = "declined";
  }
  SUBCASE("the caller leaves") {
    customer = [](SimParty caller) -> Task<> { co_await caller.wait(3s); };
    state = "ready";
    reason = "";
  }
  SUBCASE("the phone has vanished") {
    reason = "device lost";
    phone.rings = 1h;
  }
  Agent agent = world.staff("1001", phone);
  if (reason == "device lost") world.driver->remove_phone("1001");

  world.caller("anna", customer);
  world.loop.run_for(16s);

  CHECK(std::string(to_string(agent.state())) == state);
  CHECK(agent.reason() == reason);
  CHECK(agent.contacts().empty());
}

TEST_CASE("an agent whose device failed is not ready at once, however many misses are allowed") {
  Staff world({.name = "service", .misses_allowed = 5, .wrap_up = 0s});
  Agent agent = world.staff("1001");
  world.driver->remove_phone("1001");

  world.caller("anna", stays);
  world.loop.run_for(5s);

  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "device lost");
  CHECK(world.last(events::agent_state).data.at("cause").text() == "device");
  CHECK(world.queue.waiting().size() == 1);
}

TEST_CASE("an agent who misses is offered again until the allowed misses are used up") {
  Staff world({.name = "service", .offer_time = 10s, .misses_allowed = 3, .wrap_up = 0s});
  Agent agent = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});

  world.caller("anna", stays);
  world.loop.run_for(25s);
  CHECK(agent.state() == AgentState::reserved);
  world.loop.run_for(6s);

  CHECK(agent.state() == AgentState::not_ready);
  CHECK(world.entries(events::contact_offered).size() == 3);
}

TEST_CASE("a call to a resting agent that fails does not make the agent available") {
  Staff world;
  Agent agent = world.staff("1001", {.reaction = SimPhone::Reaction::busy});
  agent.set_not_ready("lunch");
  std::optional<Reached> reached;
  world.center.serve("9000", [&reached](Call call) -> Task<> {
    co_await call.answer();
    Reached result = co_await call.dial("sim:1001");
    reached = result;
  });

  world.caller("ben", stays, "sim:9000");
  world.loop.run();

  CHECK(reached == Reached::busy);
  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "lunch");
  CHECK(world.facts(events::agent_state, "state") == Words{"not_ready", "ready", "not_ready"});
}

TEST_CASE("every change of state is one entry with its cause and actor, and durations sum to the session") {
  Staff world;
  Agent agent = world.staff("1001", {.rings = 2s, .behavior = talks(20s)});
  const Timestamp began = world.loop.now();
  world.caller("anna", stays);
  world.loop.run_for(2min);
  agent.set_not_ready("lunch");
  world.loop.run_for(1min);

  agent.log_out();

  CHECK(world.facts(events::agent_state, "state") ==
        Words{"not_ready", "ready", "reserved", "busy", "wrap_up", "ready", "not_ready", "logged_out"});
  CHECK(world.facts(events::agent_state, "cause") ==
        Words{"agent", "agent", "engine", "engine", "engine", "timer", "agent", "agent"});
  CHECK(world.facts(events::agent_state, "actor") == Words{"1001", "1001", "", "", "", "", "1001", "1001"});
  double sum = 0;
  for (const JournalEntry& entry : world.entries(events::agent_state))
    if (entry.data.at("before").text() != "logged_out") sum += lasted(entry);
  const JournalEntry end = world.last(events::agent_state);
  CHECK(sum == doctest::Approx(lasted(end, "session")));
  CHECK(lasted(end, "session") ==
        doctest::Approx(std::chrono::duration<double>(world.loop.now() - began).count()));
}

TEST_CASE("an agent without a sign of life is offered nothing more, and logged out by the server's timer") {
  Staff world;
  Agent agent = world.staff(
      AgentOptions{.id = "1001", .name = {}, .address = {}, .heartbeat_limit = 10s, .heartbeat_grace = 30s});
  world.loop.run_for(8s);
  agent.heartbeat();
  world.loop.run_for(9s);
  CHECK(agent.state() == AgentState::ready);

  world.loop.run_for(2s);
  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "heartbeat lost");
  world.caller("anna", stays);
  world.loop.run_for(1s);
  CHECK(world.entries(events::contact_offered).empty());

  SUBCASE("for good") {
    world.loop.run_for(30s);
    CHECK(agent.state() == AgentState::logged_out);
    CHECK(world.last(events::agent_state).data.at("cause").text() == "timer");
    CHECK(thrown(Error::Code::refused, [&] { agent.heartbeat(); }) ==
          "agent 1001 is logged out: log in first");
  }
  SUBCASE("unless the desktop is back, whose agent says when to go on") {
    agent.heartbeat();
    world.loop.run_for(9s);
    CHECK(agent.state() == AgentState::not_ready);
    agent.set_ready();
    CHECK(agent.state() == AgentState::reserved);
  }
}

TEST_CASE("a talk goes on without the desktop's sign of life, and what follows is decided by the timer") {
  Staff world;
  Agent agent = world.staff(
      AgentOptions{.id = "1001", .name = {}, .address = {}, .heartbeat_limit = 10s, .heartbeat_grace = 5s},
      {.rings = 1s, .behavior = talks(40s)});
  world.caller("anna", stays);
  world.loop.run_for(12s);
  CHECK(agent.state() == AgentState::busy);
  CHECK(agent.pending()->reason == "heartbeat lost");

  SUBCASE("lost for good") {
    world.loop.run_for(20s);
    CHECK(agent.state() == AgentState::busy);
    world.loop.run();
    CHECK(agent.state() == AgentState::logged_out);
  }
  SUBCASE("back before the talk is over") {
    agent.heartbeat();
    CHECK_FALSE(agent.pending().has_value());
    while (agent.state() != AgentState::ready) {
      agent.heartbeat();
      world.loop.run_for(4s);
    }
  }
  CHECK(world.outcomes() == Words{"served"});
}

TEST_CASE("agents who were logged in when the program died are so again, as they had chosen") {
  Staff world;
  const auto was = [&world](const char* agent, const char* state, const char* before,
                            const char* reason = "") {
    earlier(*world.journal)
        .append(events::agent_state, agent, {{"state", state}, {"before", before}, {"reason", reason}});
  };
  was("ready", "ready", "logged_out");
  was("talking", "ready", "logged_out");
  was("talking", "busy", "ready");
  was("leaving", "ready", "logged_out");
  was("leaving", "busy", "ready");
  earlier(*world.journal)
      .append(events::agent_choice, "leaving", {{"state", "not_ready"}, {"reason", "lunch"}});
  was("resting", "not_ready", "logged_out", "training");
  was("gone", "ready", "logged_out");
  was("gone", "logged_out", "ready");
  std::map<std::string, Agent> agents;
  was("with phone", "ready", "logged_out");
  for (const char* id : {"ready", "talking", "leaving", "resting", "gone", "with phone"}) {
    AgentOptions options;
    options.id = id;
    options.follows_phone = options.id == "with phone";
    agents.emplace(id, world.center.add_agent(options));
  }
  world.loop.run_for(1min);

  Scope scope(world.loop);
  const auto recover = [](Center& center) -> Task<> { co_await center.recover(); };
  scope.spawn(recover(world.center));
  world.loop.run_for(1s);

  CHECK(agents.at("ready").state() == AgentState::ready);
  CHECK(agents.at("talking").state() == AgentState::ready);
  CHECK(agents.at("leaving").reason() == "lunch");
  CHECK(agents.at("resting").reason() == "training");
  CHECK(agents.at("gone").state() == AgentState::logged_out);
  CHECK(world.last(events::agent_state).subject == "with phone");
  CHECK(world.last(events::agent_state).data.at("state").text() == "logged_out");
  CHECK(lasted(world.last(events::agent_state), "session") == doctest::Approx(60));
  agents.at("ready").log_out();
  CHECK(lasted(world.last(events::agent_state), "session") == doctest::Approx(61));
}

TEST_CASE("a supervisor frees a stuck offer: the contact goes to the next agent, with who did it and why") {
  Staff world({.name = "service", .offer_time = 10min, .wrap_up = 0s});
  Agent stuck = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  world.caller("anna", stays);
  world.loop.run_for(5s);
  Agent other = world.staff("1002", {.rings = 1s, .behavior = talks(30s)});
  AgentOrder order = AgentOrder::free;
  SUBCASE("free") { order = AgentOrder::free; }
  SUBCASE("not ready") { order = AgentOrder::not_ready; }

  stuck.force(order, "chief", "phone hangs");
  CHECK(stuck.state() == AgentState::not_ready);
  CHECK(stuck.reason() == "phone hangs");
  world.loop.run_for(5s);

  CHECK(other.state() == AgentState::busy);
  CHECK(world.facts(events::offer_ended, "result") == Words{"recalled", "accepted"});
  const JournalEntry audit = world.last(events::agent_forced);
  CHECK(audit.data.at("order").text() == to_string(order));
  CHECK(audit.data.at("by").text() == "chief");
  CHECK(audit.data.at("why").text() == "phone hangs");
  CHECK(world.queue.report().misses == 0);
}

TEST_CASE("a supervisor's order during a talk is pending, and the journal says whose it was") {
  Staff world;
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(5s);

  agent.force(AgentOrder::log_out, "chief", "shift is over");
  CHECK(agent.state() == AgentState::busy);
  world.loop.run();

  CHECK(agent.state() == AgentState::logged_out);
  CHECK(world.outcomes() == Words{"served"});
  const JournalEntry change = world.last(events::agent_state);
  CHECK(change.data.at("cause").text() == "supervisor");
  CHECK(change.data.at("actor").text() == "chief");
  CHECK(thrown(Error::Code::refused, [&] { agent.force(AgentOrder::ready, "chief", ""); }) ==
        "agent 1001 is logged out: log in first");
}

TEST_CASE("a supervisor makes an agent ready out of wrap-up and out of a break") {
  Staff world({.name = "service", .wrap_up = 1h, .wrap_up_mode = WrapUpMode::forced});
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = talks(5s)});
  world.caller("anna", stays);
  world.loop.run_for(10s);
  REQUIRE(agent.state() == AgentState::wrap_up);

  agent.force(AgentOrder::ready, "chief", "rush hour");
  CHECK(agent.state() == AgentState::ready);
  agent.set_not_ready("lunch");
  agent.force(AgentOrder::ready, "chief", "rush hour");

  CHECK(agent.state() == AgentState::ready);
  CHECK(thrown(Error::Code::invalid, [&] { agent.force(AgentOrder::ready, "", ""); }) ==
        "an order to agent 1001 needs the name of who gives it");
}
