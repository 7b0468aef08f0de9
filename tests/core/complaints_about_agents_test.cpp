// SPDX-License-Identifier: Apache-2.0
// What users of other systems complain of in agents' states: each is named by the thread in which they do.
#include "core/chat_desk.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("signalwire/freeswitch#1062, #1641: a telephone that never reacts does not stop the queue") {
  Staff world({.name = "service", .offer_time = 15s, .wrap_up = 0s});
  Agent dead = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  world.caller("anna", stays);
  world.loop.run_for(1s);
  Agent other = world.staff("1002", {.rings = 1s, .behavior = talks(10s)});
  world.caller("ben", stays);

  world.loop.run_for(60s);

  CHECK(dead.state() == AgentState::not_ready);
  CHECK(other.state() == AgentState::ready);
  CHECK(world.queue.report().answered == 2);
}

TEST_CASE("OpenSIPS/opensips#3123, #2530: an agent whose telephone dies in a talk is not in it for ever") {
  Staff world({.name = "service", .wrap_up = 10s});
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = [](SimParty phone) -> Task<> {
                                       co_await phone.wait(5s);
                                       phone.vanish();
                                       co_await phone.ended();
                                     }});
  world.caller("anna", stays);

  world.loop.run_for(7s);
  CHECK(agent.state() == AgentState::busy);
  world.loop.run_for(20s);
  CHECK(agent.state() == AgentState::wrap_up);
  world.loop.run_for(10s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(world.outcomes() == Words{"served"});
}

TEST_CASE("OpenSIPS/opensips#2679: each agent's wrap-up ends by its own time, not by the last one's") {
  Staff world({.name = "service", .wrap_up = 30s});
  std::vector<Agent> agents;
  for (int i = 1; i <= 4; ++i)
    agents.push_back(world.staff("100" + std::to_string(i), {.rings = 1s, .behavior = talks(i * 5s)}));
  for (int i = 0; i < 4; ++i) world.caller("c" + std::to_string(i), stays);
  world.loop.run_for(1s + 20s);
  for (Agent& agent : agents) CHECK(agent.state() == AgentState::wrap_up);

  world.caller("anna", stays);
  world.loop.run_for(15s);

  CHECK(world.facts(events::contact_offered, "agent").back() == "1001");
  CHECK(agents[1].state() == AgentState::wrap_up);
}

TEST_CASE("asterisk/asterisk#1006: wrap-up holds for an agent of six queues, whichever call comes next") {
  Staff world({.name = "service", .wrap_up = 30s});
  Agent agent = world.staff("3157", {.rings = 1s, .behavior = talks(5s)});
  for (int i = 1; i <= 5; ++i) {
    const std::string number = "81" + std::to_string(i);
    world.add_service({.name = "queue " + number, .wrap_up = 30s}, number).add(agent);
  }
  world.caller("anna", stays);
  for (int i = 1; i <= 5; ++i) world.caller("next", stays, "sim:81" + std::to_string(i));

  // 1 s of ringing, 5 s of talk and 30 s of notes each.
  for (std::size_t calls = 1; calls <= 6; ++calls) {
    world.loop.run_for(35s);
    CHECK(world.entries(events::contact_offered).size() == calls);
    CHECK(agent.state() == AgentState::wrap_up);
    world.loop.run_for(1s);
  }
}

TEST_CASE("asterisk/asterisk#1377: wrap-up is a state that whoever looks can see") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");
  agent.accept(chat.id());
  world.settle();
  agent.finish(chat.id());
  world.settle();

  CHECK(agent.state() == AgentState::wrap_up);
  CHECK(agent.contacts().at(0).queue == "service");
  CHECK(world.last(events::agent_state).data.at("state").text() == "wrap_up");
  Contact next = world.write("sim:ben");
  const Explanation why = world.queue.explain(next.id());
  CHECK(why.agents.at(0).refusal == Refusal::wrap_up);
}

TEST_CASE("amazon-connect-streams#241: a customer who does not answer does not make a resting agent ready") {
  Staff world;
  world.driver->set_phone("customer", {.reaction = SimPhone::Reaction::rings_on});
  Agent agent = world.staff("1001");
  agent.set_not_ready("break");
  std::optional<Reached> reached;
  Scope calling(world.loop);
  const auto call = [](Center& center, std::optional<Reached>& result) -> Task<> {
    const Dialogue nothing = [](Call) -> Task<> { co_return; };
    const Reached said = co_await center.call("sim:customer", nothing);
    result = said;
  };
  calling.spawn(call(world.center, reached));

  world.loop.run_for(5min);

  CHECK(reached == Reached::no_answer);
  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "break");
}

TEST_CASE("amazon-connect-streams#613: who had chosen to leave and missed the call can be ready again") {
  Staff world({.name = "service", .offer_time = 10s});
  Agent agent = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  world.caller("anna", [](SimParty caller) -> Task<> { co_await caller.wait(10s); });
  world.loop.run_for(5s);
  agent.log_out();
  CHECK(agent.pending()->state == AgentState::logged_out);
  world.loop.run_for(10s);

  agent.log_in();
  agent.set_ready();

  CHECK(agent.state() == AgentState::ready);
  CHECK_FALSE(agent.pending().has_value());
}

TEST_CASE("amazon-connect-streams#943: the last choice during a talk is the one that holds") {
  Staff world({.name = "service", .wrap_up = 10s});
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(5s);

  agent.set_not_ready("lunch");
  agent.set_ready();
  world.loop.run_for(60s);

  CHECK(agent.state() == AgentState::ready);
}

TEST_CASE("amazon-connect-streams#292: what an agent declines does not come back to her at once") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");

  agent.decline(chat.id());
  world.loop.run_for(60s);

  CHECK(agent.state() == AgentState::not_ready);
  CHECK(world.entries(events::contact_offered).size() == 1);
  CHECK(world.queue.waiting() == Words{chat.id()});
}

TEST_CASE(
    "twilio flex-project-template#290: a choice made in the middle of a contact waits until it is over") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  Contact chat = world.write("sim:anna");
  agent.accept(chat.id());

  agent.set_not_ready("meeting");
  CHECK(agent.state() == AgentState::busy);
  CHECK(agent.pending()->reason == "meeting");
  world.settle();
  agent.finish(chat.id());
  world.settle();
  agent.finish_wrap_up();

  CHECK(agent.state() == AgentState::not_ready);
  CHECK(agent.reason() == "meeting");
}

TEST_CASE(
    "amazon-connect-streams#428: a desktop that fell asleep costs no caller, and who sits there is told") {
  ChatDesk world;
  Agent asleep = world.staff({.id = "1001", .name = {}, .address = {}, .heartbeat_limit = 20s});
  asleep.heartbeat();
  world.loop.run_for(30s);
  Agent awake = world.chatter("1002");

  world.write("sim:anna");

  CHECK(asleep.state() == AgentState::not_ready);
  CHECK(asleep.reason() == "heartbeat lost");
  CHECK(world.facts(events::contact_offered, "agent") == Words{"1002"});
}

TEST_CASE(
    "amazon-connect-streams#625: a team whose telephones all fail misses one call each, not every call") {
  Staff world({.name = "service", .offer_time = 15s, .wrap_up = 0s});
  for (const char* id : {"1001", "1002", "1003"})
    world.staff(id, {.reaction = SimPhone::Reaction::unreachable});
  for (const char* who : {"anna", "ben", "carl", "dora"}) world.caller(who, stays);

  world.loop.run_for(10min);
  world.staff("1004", {.rings = 1s, .behavior = talks(10s)});
  world.loop.run_for(2min);

  CHECK(world.queue.report().misses == 3);
  CHECK(world.queue.report().answered == 4);
}

TEST_CASE("amazon-connect-streams#939: who logs in at two desks is one agent, and takes a contact once") {
  ChatDesk world;
  Agent here = world.chatter("1001");
  Agent there = world.center.agent("1001");
  const Contact chat = world.write("sim:anna");

  there.log_in();
  there.accept(chat.id());

  CHECK(here.state() == AgentState::busy);
  CHECK(thrown(Error::Code::refused, [&] { here.accept(chat.id()); }) != "");
  CHECK(world.entries(events::agent_state).size() == 4);
}

TEST_CASE("amazon-connect-streams#654: a desk is tried without a server, a line, or a clock") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  const Contact chat = world.write("sim:anna");
  const Timestamp began = world.loop.now();

  agent.accept(chat.id());
  world.loop.run_for(1h);
  agent.finish(chat.id());
  world.loop.run_for(10s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(chat.outcome() == Outcome::served);
  CHECK(world.loop.now() - began == 1h + 10s);
}
