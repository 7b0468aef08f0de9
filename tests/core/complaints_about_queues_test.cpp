// SPDX-License-Identifier: Apache-2.0
// What users of other systems complain of in queues: each is named by the thread in which they do.
#include "base/facts.hpp"
#include "core/chat_desk.hpp"
#include "core/restart_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("signalwire/freeswitch#1973: a caller who leaves as the agent answers is not listed for ever") {
  Staff world({.name = "service", .wrap_up = 10s});
  Agent agent = world.staff("1001", {.rings = 2s});
  world.caller("anna", [](SimParty caller) -> Task<> { co_await caller.wait(2s); });

  world.loop.run_for(1min);

  CHECK(agent.state() == AgentState::ready);
  CHECK(world.queue.report().waiting == 0);
  CHECK(world.queue.waiting().empty());
  CHECK(world.center.calls() == 0);
  CHECK(world.outcomes().size() == 1);
}

TEST_CASE("signalwire/freeswitch#2529: the telephone of an agent whose caller has left rings no longer") {
  Staff world;
  Agent agent = world.staff("1001", {.reaction = SimPhone::Reaction::rings_on});
  world.caller("anna", [](SimParty caller) -> Task<> { co_await caller.wait(2s); });

  world.loop.run_for(2s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(world.facts(events::offer_ended, "result") == Words{"withdrawn"});
  CHECK(world.entries(events::leg_ended).size() == 2);
}

TEST_CASE("RocketChat/Rocket.Chat#18200: a chat that waits for days is taken or closed as any other") {
  ChatDesk world;
  Contact taken = world.write("sim:anna"), closed = world.write("sim:ben");
  world.loop.run_for(72h);
  closed.close();

  Agent agent = world.chatter("1001");
  world.settle();
  agent.accept(taken.id());
  agent.finish(taken.id());
  world.settle();

  CHECK(taken.outcome() == Outcome::served);
  CHECK(closed.outcome() == Outcome::abandoned);
}

TEST_CASE("RocketChat/Rocket.Chat#22105, #23642: a chat comes to a ready agent without her doing anything") {
  ChatDesk world;
  Agent agent = world.chatter("1001");
  agent.set_not_ready("break");
  Contact first = world.write("sim:anna");
  agent.set_ready();
  world.settle();

  REQUIRE(agent.contacts().size() == 1);
  agent.accept(first.id());
  world.settle();
  agent.finish(first.id());
  world.settle();
  agent.finish_wrap_up();
  Contact second = world.write("sim:ben");

  REQUIRE(agent.contacts().size() == 1);
  CHECK(agent.contacts()[0].contact == second.id());
}

TEST_CASE("RocketChat/Rocket.Chat#22206: a contact that one agent has taken cannot be taken by another") {
  ChatDesk world;
  Agent first = world.chatter("1001"), second = world.chatter("1002");
  Contact chat = world.write("sim:anna");
  first.accept(chat.id());
  world.settle();

  CHECK(thrown(Error::Code::not_found, [&] { second.accept(chat.id()); }) != "nothing was thrown");
  CHECK(world.facts(events::contact_connected, "agent") == Words{"1001"});
}

TEST_CASE(
    "chatwoot/chatwoot#1198, #10376, #10583, #13050: who waited longest gets the place that becomes free") {
  ChatDesk world({.name = "service", .wrap_up = 0s});
  Agent agent = world.chatter("1001", 3);
  std::vector<Contact> chats;
  for (int i = 0; i < 5; ++i) {
    chats.push_back(world.write("sim:c" + std::to_string(i)));
    if (i < 3) agent.accept(chats.back().id());
  }
  CHECK(agent.contacts().size() == 3);

  agent.finish(chats[1].id());
  world.settle();

  CHECK(agent.contacts().size() == 3);
  CHECK(agent.contacts().back().contact == chats[3].id());
  CHECK(world.queue.waiting() == Words{chats[4].id()});
}

TEST_CASE("chatwoot/chatwoot#11034: chats are spread over all agents, not heaped on one") {
  for (const Strategy strategy : {Strategy::longest_idle, Strategy::fewest_contacts, Strategy::round_robin}) {
    CAPTURE(to_string(strategy));
    ChatDesk world({.name = "service", .strategy = strategy});
    std::vector<Agent> agents;
    for (const char* id : {"1001", "1002", "1003", "1004"}) agents.push_back(world.chatter(id, 4));

    for (int i = 0; i < 8; ++i) {
      Contact chat = world.write("sim:c" + std::to_string(i));
      for (Agent& agent : agents)
        for (const ContactInHand& hand : agent.contacts())
          if (hand.contact == chat.id()) agent.accept(chat.id());
    }

    for (const Agent& agent : agents) CHECK(agent.contacts().size() == 2);
  }
}

TEST_CASE(
    "asterisk/asterisk#1561: a queue of more weight whose caller the agent cannot take yet blocks nobody") {
  Staff world({.name = "service", .weight = 1});
  Queue heavy = world.add_service({.name = "heavy",
                                   .weight = 50,
                                   .requirement = Requirement::parse("billing"),
                                   .relaxed = {{30s, Requirement()}}},
                                  "8001");
  world.caller("heavy", stays, "sim:8001");
  world.loop.run_for(1s);
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = talks(10s)});
  heavy.add(agent);

  world.caller("light", stays);
  world.loop.run_for(1s);

  CHECK(world.facts(events::contact_offered, "queue") == Words{"service"});
  world.loop.run_for(60s);
  CHECK(world.facts(events::contact_offered, "queue") == Words{"service", "heavy"});
}

TEST_CASE("asterisk/asterisk#1901: relaxing what is asked does not admit whom it still keeps out") {
  Staff world({.name = "service",
               .requirement = Requirement::parse("billing >= 5 and not trainee"),
               .relaxed = {{10s, Requirement::parse("billing and not trainee")}}});
  Agent trainee =
      world.staff({.id = "1001", .name = {}, .address = {}, .skills = {{"billing", 3}, {"trainee", 1}}});
  world.caller("anna", stays);
  world.loop.run_for(1h);
  CHECK(trainee.state() == AgentState::ready);

  world.staff({.id = "1002", .name = {}, .address = {}, .skills = {{"billing", 1}}});
  world.loop.run_for(1s);

  CHECK(world.facts(events::contact_offered, "agent") == Words{"1002"});
}

TEST_CASE("asterisk/asterisk#1637, #1691: who is put first in one queue comes first in all, and stops none") {
  Staff world({.name = "service", .wrap_up = 0s});
  Queue other = world.add_service({.name = "other", .wrap_up = 0s}, "8001");
  world.center.serve("8009", [line = world.queue](Call call) -> Task<> {
    Queue queue = line;
    co_await call.answer();
    co_await queue.serve(call, Reason("first"), {.priority = 100});
  });
  world.caller("a", stays);
  world.caller("b", stays, "sim:8001");
  world.loop.run_for(1s);
  world.caller("c", stays, "sim:8009");
  world.loop.run_for(1s);

  Agent agent = world.staff("1600", {.rings = 1s, .behavior = talks(5s)});
  other.add(agent);
  world.loop.run_for(1min);

  CHECK(world.outcomes() == Words{"served", "served", "served"});
  CHECK(world.entries(events::contact_connected)[0].subject ==
        world.entries(events::contact_arrived)[2].subject);
}

TEST_CASE("asterisk/asterisk#1736: a call is counted once, however many queues its agent is in") {
  Staff world({.name = "service", .wrap_up = 0s, .strategy = Strategy::fewest_contacts});
  Agent first = world.staff("1001", {.rings = 1s, .behavior = talks(5s)});
  for (const char* number : {"8001", "8002", "8003"})
    world.add_service({.name = number, .strategy = Strategy::fewest_contacts}, number).add(first);
  world.caller("anna", stays);
  world.loop.run_for(30s);
  world.staff("1002", {.rings = 1s, .behavior = talks(5s)});
  for (int i = 0; i < 3; ++i) {
    world.caller("c" + std::to_string(i), stays);
    world.loop.run_for(30s);
  }

  CHECK(world.queue.report().answered == 4);
  CHECK(world.center.queue("8001").report().answered == 0);
  CHECK(world.facts(events::contact_offered, "agent") == Words{"1001", "1002", "1001", "1002"});
}

TEST_CASE(
    "FreePBX/issue-tracker#124, asterisk/asterisk#759: what a customer talks on is not the agent's talk") {
  Staff world({.name = "service", .wrap_up = 0s});
  world.driver->set_phone("3000", {.rings = 1s, .behavior = talks(1h)});
  Agent agent = world.staff("1001", {.rings = 1s, .behavior = [](SimParty phone) -> Task<> {
                                       co_await phone.wait(90s);
                                       phone.ask_transfer("sim:3000");
                                       co_await phone.ended();
                                     }});
  world.caller("anna", stays);
  world.loop.run_for(2h);

  const JournalEntry passed_on = world.entries(events::contact_disconnected).at(0);
  CHECK(passed_on.data.at("agent").text() == "1001");
  CHECK(duration_in(passed_on.data, "talked") <= 92s);
  CHECK(world.entries(events::contact_transferred).size() == 1);
  CHECK(world.entries(events::contact_connected).size() == 2);
  const ContactRecord record = world.record_of(passed_on.subject);
  CHECK(record.talked >= 1h);
  CHECK(agent.state() == AgentState::ready);
}

TEST_CASE("roramirez/qpanel#113: what a queue has counted survives a restart") {
  RestartWorld world([](Center& center) {
    Queue queue = center.add_queue({.name = "service", .wrap_up = 0s});
    Agent agent = center.add_agent({.id = "1001", .name = {}, .address = "sim:1001"});
    queue.add(agent);
    center.serve("8000", [queue](Call call) -> Task<> {
      Queue line = queue;
      co_await call.answer();
      co_await line.serve(call, Reason("asked for a person"));
    });
  });
  world.set_phone("1001", {.rings = 1s, .behavior = talks(5s)});
  world.center->agent("1001").log_in();
  world.center->agent("1001").set_ready();
  world.driver->call("sim:anna", "sim:8000", stays);
  world.loop.run_for(30s);
  const QueueReport before = world.center->queue("service").report();
  REQUIRE(before.answered == 1);

  world.kill();

  const QueueReport after = world.center->queue("service").report();
  CHECK(after.answered == before.answered);
  CHECK(after.entered == before.entered);
  CHECK(after.longest_wait == before.longest_wait);
}

TEST_CASE("signalwire/freeswitch#2540: nobody of a group stays reserved who is rung as another answers") {
  Staff world({.name = "service", .offer_time = 20s, .wrap_up = 5s, .strategy = Strategy::ring_all});
  std::vector<Agent> agents;
  for (int i = 0; i < 12; ++i)
    agents.push_back(world.staff(std::to_string(1001 + i), {.rings = 3s + i * 1s, .behavior = talks(10s)}));
  Agent late = world.staff("1100", {.rings = 3s});
  late.set_not_ready("break");
  world.caller("anna", stays);
  world.loop.run_for(3s - 1us);
  late.set_ready();

  world.loop.run_for(1s);

  CHECK(agents[0].state() == AgentState::busy);
  for (std::size_t i = 1; i < agents.size(); ++i) CHECK(agents[i].state() == AgentState::ready);
  CHECK(late.state() == AgentState::ready);
}

TEST_CASE(
    "asterisk/asterisk#685: who is chosen may be decided by a function of the integrator's, for each queue") {
  Staff world(
      {.name = "service",
       .wrap_up = 0s,
       .strategy = Strategy::custom,
       .score = [](const std::string&, const std::string& agent) { return agent == "1002" ? 2.0 : 1.0; }});
  Queue sales =
      world.add_service({.name = "sales",
                         .strategy = Strategy::custom,
                         .score = [](const auto&, const auto& agent) { return agent == "1001" ? 2.0 : 1.0; }},
                        "8001");
  for (const char* id : {"1001", "1002"}) sales.add(world.staff(id));

  world.caller("anna", stays);
  world.loop.run_for(1s);
  world.caller("ben", stays, "sim:8001");
  world.loop.run_for(1s);

  CHECK(world.facts(events::contact_assigned, "agent") == Words{"1002", "1001"});
}

TEST_CASE(
    "chatwoot/chatwoot#13312, #12058: who writes again days after has waited since then, not since the first "
    "time") {
  ChatDesk world;
  Contact first = world.center.open({.channel = Channel::chat, .from = "sim:anna"});
  first.settle("the balance");
  first.close();
  world.loop.run_for(120h);
  world.write("sim:anna");

  world.loop.run_for(10min);
  Agent agent = world.chatter("1001");
  world.settle();
  agent.accept(agent.contacts().at(0).contact);
  world.settle();

  CHECK(duration_in(world.last(events::contact_left_queue).data, "waited") == 10min);
}
