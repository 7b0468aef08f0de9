// SPDX-License-Identifier: Apache-2.0
#include "vcsr/queue.hpp"

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

struct Service : World {
  explicit Service(QueueOptions options = {.name = "service", .wrap_up = 10s})
      : queue(center.add_queue(options)) {
    center.serve("8000", [this](Call call) -> Task<> {
      co_await call.answer();
      const ServeOptions options{.priority = priority, .patience = patience};
      Served result = co_await queue.serve(call, Reason("asked for a person"), options);
      served.push_back(std::move(result));
    });
  }

  std::vector<std::string> agents_of(const std::string& type) {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(type)) all.push_back(entry.data.at("agent").text());
    return all;
  }
  std::vector<std::string> results() {
    std::vector<std::string> all;
    for (const JournalEntry& entry : entries(events::offer_ended))
      all.push_back(entry.data.at("result").text());
    return all;
  }
  void require_conservation() {
    const QueueReport report = queue.report();
    CHECK(report.entered == report.answered + report.abandoned + report.timed_out + report.waiting);
  }

  Queue queue;
  int priority = 0;
  Duration patience = Duration::max();
  std::vector<Served> served;
};

}  // namespace

TEST_CASE("a caller is put through to a ready agent, who then wraps up and is ready again") {
  Service world;
  Agent agent = world.agent_in(world.queue, "1001", {.rings = 2s, .behavior = talks(30s)});

  world.caller("anna", stays);
  world.loop.run_for(1s);
  CHECK(agent.state() == AgentState::reserved);
  world.loop.run_for(10s);
  CHECK(agent.state() == AgentState::busy);
  world.loop.run_for(25s);
  CHECK(agent.state() == AgentState::wrap_up);
  world.loop.run();

  CHECK(agent.state() == AgentState::ready);
  REQUIRE(world.served.size() == 1);
  CHECK(world.served[0].result == Served::Result::served);
  CHECK(world.served[0].agent == "1001");
  CHECK(world.served[0].talked == 30s);
  CHECK(world.outcomes() == std::vector<std::string>{"served"});
  world.require_conservation();
}

TEST_CASE("the agent who has been idle longest gets the next call") {
  Service world;
  world.agent_in(world.queue, "1001", {.behavior = talks(5s)});
  world.loop.run_for(1s);
  world.agent_in(world.queue, "1002", {.behavior = talks(5s)});

  for (int i = 0; i < 4; ++i) {
    world.caller("anna", stays);
    world.loop.run_for(30s);
  }

  CHECK(world.agents_of(events::contact_offered) == std::vector<std::string>{"1001", "1002", "1001", "1002"});
}

TEST_CASE("who came first is served first, unless priority is worth more than the difference") {
  Service world({.name = "service", .wrap_up = 0s, .priority_worth = 1min});
  SUBCASE("priority overtakes") { world.priority = 2; }
  SUBCASE("too little priority does not") { world.priority = 0; }
  const int last = world.priority;
  world.priority = 0;
  world.caller("first", stays);
  world.loop.run_for(30s);
  world.priority = last;
  world.caller("second", stays);
  world.loop.run_for(1s);

  world.agent_in(world.queue, "1001", {.behavior = talks(5s)});
  world.loop.run();

  const auto offers = world.entries(events::contact_offered);
  REQUIRE(offers.size() == 2);
  const Value::Map& pop = *offers[0].data.at("pop").get_if<Value::Map>();
  CHECK(pop.at("from").text() == (last ? "sim:second" : "sim:first"));
}

TEST_CASE("an offer that rings out goes to the next agent, and the first is not ready until she says so") {
  Service world({.name = "service", .offer_time = 15s});
  Agent absent = world.agent_in(world.queue, "1001", {.reaction = SimPhone::Reaction::rings_on});
  world.loop.run_for(1s);
  world.agent_in(world.queue, "1002", {.behavior = talks(5s)});

  world.caller("anna", stays);
  world.loop.run();

  CHECK(world.agents_of(events::contact_offered) == std::vector<std::string>{"1001", "1002"});
  CHECK(world.results() == std::vector<std::string>{"no_answer", "accepted"});
  CHECK(absent.state() == AgentState::not_ready);
  CHECK(absent.reason() == "no answer");
  CHECK(world.queue.report().misses == 1);
  absent.set_ready();
  CHECK(absent.state() == AgentState::ready);
}

TEST_CASE("a contact whose offer was missed keeps its place") {
  Service world({.name = "service", .offer_time = 10s, .wrap_up = 0s});
  world.agent_in(world.queue, "1001", {.reaction = SimPhone::Reaction::rings_on});
  world.caller("first", stays);
  world.loop.run_for(5s);
  world.caller("second", stays);
  world.loop.run_for(10s);

  const auto line = world.queue.waiting();
  world.agent_in(world.queue, "1002", {.behavior = talks(5s)});
  world.loop.run();

  CHECK(line.size() == 2);
  const auto offers = world.entries(events::contact_offered);
  REQUIRE(offers.size() == 3);
  CHECK(offers[1].subject == offers[0].subject);
}

TEST_CASE("a caller who leaves while an agent's phone rings withdraws the offer at once") {
  Service world;
  Agent agent = world.agent_in(world.queue, "1001", {.rings = 10s});

  world.caller("anna", [](SimParty caller) -> Task<> { co_await caller.wait(4s); });
  world.loop.run_for(5s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(world.results() == std::vector<std::string>{"withdrawn"});
  CHECK(world.outcomes() == std::vector<std::string>{"abandoned"});
  world.require_conservation();
}

TEST_CASE("patience ends the wait, and the dialogue goes on") {
  Service world;
  world.patience = 45s;

  world.caller("anna", stays);
  world.loop.run();

  REQUIRE(world.served.size() == 1);
  CHECK(world.served[0].result == Served::Result::timed_out);
  CHECK(world.served[0].waited == 45s);
  CHECK(world.outcomes() == std::vector<std::string>{"unserved"});
  world.require_conservation();
}

TEST_CASE("a caller who is lost in the very moment in which patience is over has left") {
  Service world;
  world.patience = 45s;
  SimParty caller = world.caller("anna", stays);
  world.loop.run_for(25s);

  caller.vanish();
  world.loop.run();

  CHECK(world.loop.now() == Timestamp(45s));
  CHECK(world.served.empty());
  CHECK(world.outcomes() == std::vector<std::string>{"abandoned"});
  world.require_conservation();
}

TEST_CASE("a full queue takes nobody") {
  Service world({.name = "service", .limit = 1});
  world.caller("first", stays);
  world.loop.run_for(1s);

  world.caller("second", stays);
  world.loop.run_for(1s);

  REQUIRE(world.served.size() == 1);
  CHECK(world.served[0].result == Served::Result::full);
  CHECK(world.queue.report().refused == 1);
}

TEST_CASE("those who wait hear music and their position, which gets better") {
  Service world({.name = "service", .music = "music", .position = "position", .announce_every = 30s});
  world.caller("first", [](SimParty caller) -> Task<> { co_await caller.wait(20s); });
  world.loop.run_for(1s);

  SimParty second = world.caller("second", [](SimParty caller) -> Task<> { co_await caller.wait(60s); });
  world.loop.run();

  CHECK(second.heard() ==
        std::vector<std::string>{"You are number two.", "la la la", "You are number one.", "la la la"});
}

TEST_CASE("an agent who answers during an announcement is heard, not the music behind it") {
  Service world({.name = "service", .music = "music", .position = "position", .announce_every = 30s});
  std::optional<Duration> music_after;

  world.caller("anna", [&](SimParty caller) -> Task<> {
    co_await caller.hears("position");
    co_await caller.connected();
    co_await caller.wait(1s);
    const Timestamp connected = world.loop.now();
    co_await caller.hears_out();
    music_after = world.loop.now() - connected;
    co_await caller.wait(5s);
  });
  world.loop.run_for(100ms);
  world.agent_in(world.queue, "1001", {.rings = 100ms, .behavior = talks(20s)});
  world.loop.run();

  CHECK(music_after == 0s);
}

TEST_CASE("a choice made during a call holds when it is over") {
  Service world;
  Agent agent = world.agent_in(world.queue, "1001", {.behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(10s);

  SUBCASE("a break") {
    agent.set_not_ready("lunch");
    world.loop.run_for(5s);
    CHECK(agent.state() == AgentState::busy);
    world.loop.run();
    CHECK(agent.state() == AgentState::not_ready);
    CHECK(agent.reason() == "lunch");
  }
  SUBCASE("going home") {
    agent.log_out();
    world.loop.run();
    CHECK(agent.state() == AgentState::logged_out);
  }
}

TEST_CASE("wrap-up of one queue blocks offers from every queue") {
  Service world({.name = "service", .wrap_up = 60s});
  Queue sales = world.center.add_queue({.name = "sales"});
  world.center.serve("8001", [sales](Call call) -> Task<> {
    co_await call.answer();
    Queue queue = sales;
    co_await queue.serve(call, Reason("wants to buy"));
  });
  Agent agent = world.agent_in(world.queue, "1001", {.behavior = talks(10s)});
  sales.add(agent);
  world.caller("anna", stays);
  world.loop.run_for(20s);
  REQUIRE(agent.state() == AgentState::wrap_up);

  world.caller("ben", stays, "sim:8001");
  world.loop.run_for(30s);
  CHECK(world.entries(events::contact_offered).size() == 1);
  agent.finish_wrap_up();
  world.loop.run_for(1s);

  CHECK(world.entries(events::contact_offered).size() == 2);
}

TEST_CASE("an agent of several queues takes whoever has waited longest in any of them") {
  Service world({.name = "service", .wrap_up = 0s});
  Queue sales = world.center.add_queue({.name = "sales", .wrap_up = 0s});
  world.center.serve("8001", [sales](Call call) -> Task<> {
    co_await call.answer();
    Queue queue = sales;
    co_await queue.serve(call, Reason("wants to buy"));
  });
  world.caller("first", stays, "sim:8001");
  world.loop.run_for(1s);
  world.caller("second", stays, "sim:8000");
  world.loop.run_for(1s);

  world.driver->set_phone("1001", {.behavior = talks(5s)});
  Agent agent = world.center.add_agent({.id = "1001", .name = "Anna", .address = "sim:1001"});
  world.queue.add(agent);
  sales.add(agent);
  agent.log_in();
  agent.set_ready();
  world.loop.run();

  const auto offers = world.entries(events::contact_offered);
  REQUIRE(offers.size() == 2);
  CHECK(offers[0].data.at("queue").text() == "sales");
  CHECK(offers[1].data.at("queue").text() == "service");
}

TEST_CASE("a ready agent who is added to a queue in which somebody waits is offered the contact at once") {
  Service world;
  Queue other = world.center.add_queue({.name = "other"});
  Agent agent = world.agent_in(other, "1001", {.behavior = talks(5s)});
  world.caller("anna", stays);
  world.loop.run_for(5s);

  world.queue.add(agent);
  world.loop.run_for(1s);

  CHECK(world.entries(events::contact_offered).size() == 1);
}

TEST_CASE("an agent who passes the customer on wraps up while the customer talks on") {
  Service world({.name = "service", .wrap_up = 10s});
  world.driver->set_phone("3000", {.rings = 1s, .behavior = talks(100s)});
  Agent agent = world.agent_in(world.queue, "1001", {.rings = 1s, .behavior = [](SimParty phone) -> Task<> {
                                                       co_await phone.wait(5s);
                                                       phone.ask_transfer("sim:3000");
                                                       co_await phone.ended();
                                                     }});
  world.caller("anna", stays);
  world.loop.run_for(12s);
  CHECK(agent.state() == AgentState::wrap_up);
  world.loop.run_for(15s);

  CHECK(agent.state() == AgentState::ready);
  CHECK(world.center.calls() == 1);
  world.loop.run();
  CHECK(world.outcomes() == std::vector<std::string>{"served"});
}

TEST_CASE("an agent's phone that vanishes logs its agent out, and in again when it is back") {
  World world;
  Queue queue = world.center.add_queue({.name = "service"});
  Agent agent =
      world.center.add_agent({.id = "1001", .name = "Anna", .address = "sim:1001", .follows_phone = true});
  queue.add(agent);
  CHECK(agent.state() == AgentState::logged_out);

  world.driver->set_phone("1001", {});
  world.loop.run();
  CHECK(agent.state() == AgentState::ready);
  world.driver->remove_phone("1001");
  world.loop.run();

  CHECK(agent.state() == AgentState::logged_out);
  CHECK(agent.reason() == "device lost");
}

TEST_CASE("the durations of an agent's states sum to the time since the log-in") {
  Service world({.name = "service", .wrap_up = 10s});
  const Timestamp began = world.loop.now();
  Agent agent = world.agent_in(world.queue, "1001", {.behavior = talks(20s)});
  world.caller("anna", stays);
  world.loop.run_for(2min);

  agent.log_out();

  double sum = 0;
  for (const JournalEntry& entry : world.entries(events::agent_state))
    sum += *entry.data.at("lasted").get_if<double>();
  CHECK(sum == doctest::Approx(std::chrono::duration<double>(world.loop.now() - began).count()));
}

TEST_CASE("a day of random calls loses nobody and offers nobody twice at a time") {
  Service world({.name = "service", .offer_time = 10s, .misses_allowed = 1'000'000, .wrap_up = 20s});
  world.patience = 3min;
  for (int i = 0; i < 5; ++i) {
    const auto reaction = i == 0   ? SimPhone::Reaction::rings_on
                          : i == 1 ? SimPhone::Reaction::rejects
                                   : SimPhone::Reaction::answers;
    world.agent_in(world.queue, std::to_string(1001 + i), {.reaction = reaction, .behavior = talks(90s)});
  }

  for (int i = 0; i < 300; ++i) {
    const Duration stays_for = std::chrono::seconds(1 + world.loop.random() % 400);
    world.caller("c" + std::to_string(i),
                 [stays_for](SimParty caller) -> Task<> { co_await caller.wait(stays_for); });
    world.loop.run_for(std::chrono::seconds(world.loop.random() % 40));
  }
  world.loop.run();

  CHECK(world.outcomes().size() == 300);
  CHECK(world.queue.report().waiting == 0);
  world.require_conservation();
  std::map<std::string, int> open;
  for (const JournalEntry& entry : world.entries()) {
    if (entry.type == events::contact_offered) CHECK(++open[entry.subject] == 1);
    if (entry.type == events::offer_ended) CHECK(--open[entry.subject] == 0);
  }
}
