// SPDX-License-Identifier: Apache-2.0
// Run with AddressSanitizer these prove that a dialogue may end at any of its suspension points.
#include "core/desk_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// A bank's whole call: language, identification, PIN, queue with music, agent, recording.
struct Story : World {
  Story() {
    Queue queue =
        center.add_queue({.name = "service", .wrap_up = 5s, .music = "music", .position = "position"});
    center.serve("8000", [queue](Call call) -> Task<> {
      co_await call.answer();
      call.record();
      const bool known = co_await call.customer().identify();
      call.customer().set("known", known);
      Heard choice = co_await call.ask("menu", {.tries = 2});
      Secret pin = co_await call.ask_secret("menu", {.max_digits = 4});
      Queue line = queue;
      Served served = co_await line.serve(call, Reason("asked for a person"), {.patience = 2min});
      if (served.result == Served::Result::served) co_await call.say("welcome");
    });
    caller("anna", [](SimParty anna) -> Task<> {
      co_await anna.hears("menu");
      anna.press("1");
      co_await anna.hears("menu");
      anna.press("1234");
      co_await anna.ended();
    });
    loop.at(loop.now() + 30s,
            [this, queue] { agent_in(queue, "1001", {.rings = 3s, .behavior = talks(20s)}); });
  }
};

}  // namespace

TEST_CASE("a dialogue destroyed at every one of its suspension points leaves nothing behind") {
  std::size_t steps = 0;
  {
    Story story;
    while (story.loop.step()) ++steps;
    REQUIRE(story.outcomes() == std::vector<std::string>{"served"});
  }
  REQUIRE(steps > 50);

  for (std::size_t end = 0; end < steps; ++end) {
    auto story = std::make_unique<Story>();
    for (std::size_t step = 0; step < end; ++step) story->loop.step();
    std::size_t arrived = 0, closed = 0;
    auto following = story->journal->follow(1, [&](const JournalEntry& entry) {
      arrived += entry.type == events::contact_arrived;
      closed += entry.type == events::contact_closed;
    });
    story->owner.reset();
    story->loop.run_for(0s);
    CHECK(arrived == closed);
  }
}

TEST_CASE("a caller may hang up at every step of a dialogue, and is on record once") {
  for (std::size_t end = 5; end < 400; ++end) {
    Story story;
    SimParty caller = story.caller("ben", stays);
    for (std::size_t step = 0; step < end; ++step) story.loop.step();
    caller.hang_up();
    story.loop.run();

    CHECK(story.entries(events::contact_arrived).size() == story.entries(events::contact_closed).size());
    CHECK(story.center.calls() == 0);
    CHECK(story.center.agent("1001").state() == AgentState::ready);
  }
}

TEST_CASE("any party may vanish at every step of a consultation, a conference and a supervision") {
  for (const std::string who : {"anna", "1001", "1002", "1003"}) {
    for (std::size_t end = 0; end < 90; end += 3) {
      CAPTURE(who);
      CAPTURE(end);
      DeskWorld world;
      const auto busy_day = [](Call call) -> Task<> {
        Parties parties = call.parties();
        co_await parties.supervise("sim:1003", Supervision::listen);
        co_await parties.consult("sim:1002");
        parties.alternate();
        parties.join();
        parties.supervise(3, Supervision::barge);
        parties.take_over(3);
        parties.hold();
      };
      world.operations.spawn(busy_day(*world.call));
      for (std::size_t step = 0; step < end; ++step) world.loop.step();
      const auto phone = world.phones.find(who);
      if (phone != world.phones.end()) phone->second.vanish();
      else if (who == "anna") world.anna->vanish();
      world.loop.run_for(1min);
      world.anna->hang_up();
      world.loop.run_for(1h);

      check_sums(world.record());
      CHECK(world.center.calls() == 0);
      for (auto& [user, left] : world.phones) CHECK_FALSE(left.live());
    }
  }
}
