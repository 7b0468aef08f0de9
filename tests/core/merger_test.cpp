// SPDX-License-Identifier: Apache-2.0
// Transfers and pick-ups that telephones begin.
#include "core/merger.hpp"

#include "core/desk_world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// The phone 1001, which talks with Anna, calls 2000 on a second line, and the center connects it with 1002.
struct SecondLine : DeskWorld {
  SecondLine() {
    center.serve("2000", [](Call inner) -> Task<> {
      co_await inner.answer();
      Task<Reached> dialing = inner.dial("sim:1002");
      co_await std::move(dialing);
      co_await inner.talk();
    });
    line = driver->call("sim:office", "sim:2000", stays);
    loop.run_for(5s);
  }

  std::optional<SimParty> line;
};

}  // namespace

TEST_CASE("a phone learns what became of its blind transfer") {
  DeskWorld world;
  SimParty agent = world.phone("1001");

  SUBCASE("the target answers, and the phone is let go") {
    agent.ask_transfer(Address("sim:1002"));
    world.loop.run_for(1s);
    CHECK_FALSE(agent.transfer_outcome());
    world.loop.run_for(5s);
    CHECK(agent.transfer_outcome() == Cause::normal);
    CHECK_FALSE(agent.live());
    CHECK(world.hears("anna", "1002"));
  }
  SUBCASE("the target is busy, and the old call stays") {
    agent.ask_transfer(Address("sim:busy"));
    world.loop.run_for(5s);
    CHECK(agent.transfer_outcome() == Cause::busy);
    CHECK(world.hears("anna", "1001"));
  }
  SUBCASE("no driver knows the target") {
    agent.ask_transfer(Address("fax:1"));
    world.loop.run_for(5s);
    CHECK(agent.transfer_outcome() == Cause::unreachable);
    CHECK(world.hears("anna", "1001"));
  }
}

TEST_CASE("a phone passes the customer on to whom it talks with on its other line") {
  SecondLine world;
  SimParty agent = world.phone("1001");
  SimParty line = *world.line;

  SUBCASE("from the customer's side") {
    agent.ask_transfer(line);
    world.loop.run_for(2s);
    CHECK(agent.transfer_outcome() == Cause::normal);
  }
  SUBCASE("from the other side") {
    line.ask_transfer(agent);
    world.loop.run_for(2s);
    CHECK(line.transfer_outcome() == Cause::normal);
  }
  CHECK_FALSE(agent.live());
  CHECK_FALSE(line.live());
  CHECK(world.phone("1002").live());
  CHECK(world.hears("anna", "1002"));
  CHECK(world.hears("1002", "anna"));
  CHECK_FALSE(world.talk_over);
  CHECK(world.center.calls() == 1);

  world.phone("1002").hang_up();
  world.loop.run_for(1s);
  CHECK(world.talk_over);
  world.loop.run();
  check_sums(world.record());
  CHECK(world.outcomes() == std::vector<std::string>{"transferred", "self_served"});
}

TEST_CASE("a phone that was called by two customers leaves them to each other") {
  DeskWorld world;
  world.set_phone("1009");
  world.center.serve("9000", [](Call second) -> Task<> {
    co_await second.answer();
    Task<Reached> dialing = second.dial("sim:1009");
    co_await std::move(dialing);
    co_await second.talk();
  });
  SimParty ben = world.caller("ben", stays, "sim:9000");
  world.loop.run_for(5s);

  world.phone("1001").ask_transfer(world.phone("1009"));
  world.loop.run_for(2s);

  CHECK_FALSE(world.phone("1001").live());
  CHECK_FALSE(world.phone("1009").live());
  const std::size_t before = ben.digits().size();
  world.anna->press("1");
  world.loop.run_for(1s);
  CHECK(ben.digits().size() == before + 1);
  ben.hang_up();
  world.loop.run();
  check_sums(world.record());
}

TEST_CASE("an attended transfer that makes no sense is declined, and both calls stay") {
  SecondLine world;
  SimParty agent = world.phone("1001");

  world.phone("1002").hang_up();
  world.loop.run_for(1s);
  agent.ask_transfer(*world.line);
  world.loop.run_for(1s);

  CHECK(agent.transfer_outcome() == Cause::rejected);
  CHECK(world.hears("anna", "1001"));
}

TEST_CASE("a phone takes another's place") {
  DeskWorld world;
  std::optional<SimParty> other;
  const auto pick_up = [&](const SimParty& party) {
    other = world.driver->replace(party, "sim:1003", stays);
    world.loop.run_for(1s);
  };

  SUBCASE("in a talk") {
    pick_up(world.phone("1001"));
    CHECK_FALSE(world.phone("1001").live());
    CHECK_FALSE(world.talk_over);
    CHECK(world.call->parties().all()[1].address.uri == "sim:1003");
    CHECK(world.call->parties().all()[1].in_charge);
  }
  SUBCASE("as the customer") {
    pick_up(*world.anna);
    CHECK_FALSE(world.anna->live());
    CHECK(world.call->live());
    other->press("7");
    world.loop.run_for(1s);
    CHECK(world.phone("1001").digits() == "7");
  }
  CHECK(other->live());
  other->hang_up();
  world.loop.run();
  check_sums(world.record());
}
