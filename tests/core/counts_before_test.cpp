// SPDX-License-Identifier: Apache-2.0
#include "core/counts_before.hpp"

#include "core/restart_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

RestartWorld::Setup service(Strategy strategy) {
  return [strategy](Center& center) {
    Queue queue = center.add_queue({.name = "service", .wrap_up = 0s, .limit = 3, .strategy = strategy});
    for (const char* id : {"1001", "1002"}) {
      AgentOptions agent;
      agent.id = id;
      agent.address = Address(std::string("sim:") + id);
      queue.add(center.add_agent(std::move(agent)));
    }
    center.serve("8000", [queue](Call call) -> Task<> {
      Queue line = queue;
      co_await call.answer();
      co_await line.serve(call, Reason("asked for a person"));
    });
  };
}

}  // namespace

TEST_CASE("what a queue has counted goes on after the program was killed, with those whom that cut off") {
  RestartWorld world(service(Strategy::longest_idle));
  world.set_phone("1001", {.rings = 2s, .behavior = talks(30s)});
  Agent agent = world.center->agent("1001");
  agent.log_in();
  agent.set_ready();
  for (int i = 0; i < 6; ++i) world.driver->call("sim:c" + std::to_string(i), "sim:8000", stays);
  world.loop.run_for(10s);
  const QueueReport before = world.center->queue("service").report();
  CHECK(before.answered == 1);
  CHECK(before.waiting > 0);

  world.kill();

  const QueueReport after = world.center->queue("service").report();
  CHECK(after.entered == before.entered);
  CHECK(after.answered == before.answered);
  CHECK(after.answered_in_time == before.answered_in_time);
  CHECK(after.longest_wait == before.longest_wait);
  CHECK(after.refused == before.refused);
  CHECK(after.flowed_out == before.flowed_out);
  CHECK(after.offers == before.offers);
  CHECK(after.waiting == 0);
  CHECK(after.abandoned == before.abandoned + before.waiting);
  CHECK(after.entered == after.answered + after.abandoned);
}

TEST_CASE("strategies go on counting where the program was killed") {
  Strategy strategy = Strategy::fewest_contacts;
  SUBCASE("fewest contacts") { strategy = Strategy::fewest_contacts; }
  SUBCASE("least talk time") { strategy = Strategy::least_talk_time; }
  RestartWorld world(service(strategy));
  for (const char* id : {"1001", "1002"}) world.set_phone(id, {.rings = 1s, .behavior = talks(20s)});
  world.center->agent("1001").log_in();
  world.center->agent("1001").set_ready();
  world.driver->call("sim:anna", "sim:8000", stays);
  world.loop.run_for(60s);
  REQUIRE(world.center->queue("service").report().answered == 1);
  world.center->agent("1002").log_in();
  world.center->agent("1002").set_ready();
  world.loop.run_for(1s);

  world.kill();
  world.driver->call("sim:ben", "sim:8000", stays);
  world.loop.run_for(1s);

  CHECK(world.facts(events::contact_assigned, "agent") == std::vector<std::string>{"1001", "1002"});
}
