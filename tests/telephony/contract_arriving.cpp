// SPDX-License-Identifier: Apache-2.0
#include "telephony/contract_talk.hpp"

namespace {

using vcsr::Cause;

void an_arrival_says_who_calls_whom(DriverWorld& world) {
  const auto far = world.call("anna", "bank");

  REQUIRE(world.until([&] { return !world.desk().guests.empty(); }));

  const vcsr::Arrival& arrival = world.desk().guests[0].arrival;
  CHECK(arrival.from.user() == "anna");
  CHECK(arrival.to.user() == "bank");
  CHECK_FALSE(arrival.id.empty());
}

void answering_is_told_to_both(DriverWorld& world) {
  const auto far = world.call("anna", "bank");
  REQUIRE(world.until([&] { return !world.desk().guests.empty(); }));

  world.desk().leg().ring();
  world.settle();
  CHECK_FALSE(far->answered());
  world.desk().leg().answer();
  CHECK(world.desk().told().all.empty());

  CHECK(world.until([&] { return world.desk().told().has("answered") && far->answered(); }));
  CHECK(world.desk().told().all == Lines{"answered"});
}

void a_refusal_reaches_the_caller_with_its_cause(DriverWorld& world) {
  const Cause causes[] = {Cause::busy,        Cause::rejected,   Cause::not_found,
                          Cause::unreachable, Cause::congestion, Cause::incompatible};
  for (const Cause cause : causes) {
    CAPTURE(to_string(cause));
    const auto far = world.call("anna", "bank");
    REQUIRE(world.until([&] { return !world.desk().guests.empty(); }));

    world.desk().leg().hang_up(cause);

    REQUIRE(world.until([&] { return far->over(); }));
    CHECK(far->cause() == world.refusal(cause));
    CHECK(world.desk().told().all.empty());
    world.desk().guests.clear();
  }
}

void letting_an_arrived_leg_go_refuses_it(DriverWorld& world) {
  const auto far = world.call("anna", "bank");
  REQUIRE(world.until([&] { return !world.desk().guests.empty(); }));

  world.desk().leg().ring();
  world.desk().guests[0].leg.reset();

  CHECK(world.until([&] { return far->over(); }));
  CHECK_FALSE(far->answered());
}

void a_caller_who_gives_up_is_told(DriverWorld& world) {
  const auto far = world.call("anna", "bank");
  REQUIRE(world.until([&] { return !world.desk().guests.empty(); }));
  world.desk().leg().ring();
  world.settle();

  far->hang_up();

  REQUIRE(world.until([&] { return !world.desk().told().all.empty(); }));
  world.settle();
  CHECK(world.desk().told().all == Lines{"hung up normal"});
}

}  // namespace

const std::vector<Clause>& contract_on_arriving() {
  static const std::vector<Clause> clauses = {
      {"an arrival says who calls whom", an_arrival_says_who_calls_whom},
      {"answering is told to both", answering_is_told_to_both},
      {"a refusal reaches the caller with its cause", a_refusal_reaches_the_caller_with_its_cause},
      {"letting an arrived leg go refuses it", letting_an_arrived_leg_go_refuses_it},
      {"a caller who gives up is told", a_caller_who_gives_up_is_told},
  };
  return clauses;
}
