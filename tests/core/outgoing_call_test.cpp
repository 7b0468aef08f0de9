// SPDX-License-Identifier: Apache-2.0
#include "vcsr/outgoing_call.hpp"

#include <optional>

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

/// Called by the center: says yes to everything until it hangs up.
const SimPhone patient{.rings = 4s, .behavior = stays};

/// What the center was told of its call, if it is over.
struct Dialing {
  explicit Dialing(World& world, Address to = "sim:2000", OutgoingOptions options = {}) : scope(world.loop) {
    scope.spawn(dial(world.center, std::move(to), std::move(options), outgoing));
  }
  static Task<> dial(Center& center, Address to, OutgoingOptions options, std::optional<Outgoing>& outgoing) {
    outgoing = co_await center.call(std::move(to), std::move(options));
  }

  std::optional<Outgoing> outgoing;
  Scope scope;
};

std::string fact(const JournalEntry& entry, const char* key) { return entry.data.at(key).text(); }

}  // namespace

TEST_CASE("a customer whom the center calls is served until either side hangs up") {
  World world;
  world.driver->set_phone("2000", patient);
  Dialing dialing(world);

  world.loop.run_for(5s);
  REQUIRE(dialing.outgoing);
  REQUIRE(dialing.outgoing->call);
  Call call = *dialing.outgoing->call;
  call.play("welcome");
  world.loop.run_for(1min);
  call.contact().settle("told");
  call.hang_up();
  world.loop.run_for(1s);

  CHECK(dialing.outgoing->reached == Reached::answered);
  CHECK(dialing.outgoing->rang == 4s);
  CHECK(call.contact().outgoing());
  CHECK(call.contact().to().uri == "sim:2000");
  CHECK(world.outcomes() == std::vector<std::string>{"self_served"});
  CHECK(world.center.calls() == 0);
}

TEST_CASE("the journal tells how a customer was called") {
  World world;
  world.driver->set_phone("2000", patient);
  OutgoingOptions options;
  options.from = Address("sim:bank", "The bank");
  Dialing dialing(world, "sim:2000", options);

  world.loop.run_for(5s);

  const auto arrived = world.entries(events::contact_arrived);
  const auto dialed = world.entries(events::contact_dialed);
  REQUIRE(arrived.size() == 1);
  REQUIRE(dialed.size() == 1);
  CHECK(fact(arrived[0], "direction") == "out");
  CHECK(fact(arrived[0], "from") == "sim:bank");
  CHECK(world.entries(events::contact_ringing).size() == 1);
  CHECK(fact(dialed[0], "result") == "answered");
  CHECK(dialed[0].data.at("rang").get_if<double>() != nullptr);
}

TEST_CASE("a customer who is busy, declines or does not exist is not reached, and the cause is told") {
  using Reaction = SimPhone::Reaction;
  World world;
  world.driver->set_phone("busy", {.reaction = Reaction::busy, .behavior = {}});
  world.driver->set_phone("rejects", {.reaction = Reaction::rejects, .behavior = {}});
  struct Expected {
    const char* to;
    Reached reached;
    Cause cause;
  };
  const Expected all[] = {{"sim:busy", Reached::busy, Cause::busy},
                          {"sim:rejects", Reached::refused, Cause::rejected},
                          {"sim:nobody", Reached::unreachable, Cause::not_found}};

  for (const Expected& expected : all) {
    Dialing dialing(world, expected.to);
    world.loop.run_for(10s);
    REQUIRE(dialing.outgoing);
    CHECK(dialing.outgoing->reached == expected.reached);
    CHECK(dialing.outgoing->cause == expected.cause);
    CHECK_FALSE(dialing.outgoing->call);
  }

  CHECK(world.outcomes() == std::vector<std::string>(3, "unreached"));
}

TEST_CASE("a ring time below fifteen seconds is refused before anything rings") {
  World world;
  OutgoingOptions options;
  options.ring_time = 14s;

  CHECK_THROWS_WITH_AS(static_cast<void>(world.center.call("sim:2000", options)),
                       "ring_time: expected at least 15 s, which people need to come to the telephone, got "
                       "14000 ms",
                       Error);
  CHECK(world.entries(events::contact_arrived).empty());
}

TEST_CASE("whoever no longer waits for an answer lets the telephone stop ringing") {
  World world;
  world.driver->set_phone("2000", {.reaction = SimPhone::Reaction::rings_on, .behavior = {}});
  std::optional<Dialing> dialing(std::in_place, world);
  world.loop.run_for(3s);
  CHECK(world.center.calls() == 1);

  dialing.reset();
  world.loop.run_for(1s);

  CHECK(world.center.calls() == 0);
  CHECK(world.outcomes() == std::vector<std::string>{"unreached"});
}

TEST_CASE("a center that dies while a customer's telephone rings closes the contact") {
  World world;
  world.driver->set_phone("2000", {.reaction = SimPhone::Reaction::rings_on, .behavior = {}});
  Dialing dialing(world);
  world.loop.run_for(3s);

  world.owner.reset();
  world.loop.run_for(1min);

  CHECK(world.outcomes() == std::vector<std::string>{"interrupted"});
}

TEST_CASE("a customer is found by the number that was called") {
  World world;
  Customer anna{.name = "Anna", .identities = {{"phone", "2000"}}};
  Task<std::string> saving = world.customers->save(anna);
  saving.start();
  world.driver->set_phone("2000", patient);
  bool found = false;
  auto greet = [&found](Call call) -> Task<> { found = co_await call.customer().identify(); };
  Task<Reached> calling = world.center.call("sim:2000", greet);
  calling.start();

  world.loop.run_for(5s);

  CHECK(found);
}

TEST_CASE("the record of a call that the center made says so") {
  World world;
  world.driver->set_phone("2000", patient);
  Dialing dialing(world);
  world.loop.run_for(5s);
  Call call = *dialing.outgoing->call;

  call.hang_up();
  world.loop.run_for(1s);
  std::optional<ContactRecord> record;
  auto read = [](CustomerStore& store, std::string id, std::optional<ContactRecord>& out) -> Task<> {
    out = co_await store.contact(std::move(id));
  };
  Task<> reading = read(*world.customers, call.id(), record);
  reading.start();
  world.loop.run_for(1s);

  REQUIRE(record);
  CHECK(record->direction == "out");
  CHECK(record->outcome == "left");
}
