// SPDX-License-Identifier: Apache-2.0
#include "telephony/contract_talk.hpp"

namespace {

using vcsr::Cause;

void a_dialled_phone_rings_and_answers(DriverWorld& world) {
  Told told;

  const auto leg = world.driver().dial(world.phone(Phone::answers), told, {});
  CHECK(told.all.empty());

  REQUIRE(world.until([&] { return told.has("answered"); }));
  CHECK(told.all == Lines{"ringing", "answered"});
  const auto callee = world.callee();
  REQUIRE(callee);
  CHECK_FALSE(callee->over());
  leg->hang_up(Cause::normal);
  CHECK(world.until([&] { return callee->over(); }));
}

void a_call_that_fails_says_why(DriverWorld& world) {
  struct Row {
    Phone phone;
    std::string outcome;
  };
  const Row rows[] = {
      {Phone::busy, "hung up busy"},
      {Phone::rejects, "hung up rejected"},
      {Phone::nobody, "hung up not_found"},
      {Phone::unreachable, "hung up unreachable"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.outcome);
    Told told;

    const auto leg = world.driver().dial(world.phone(row.phone), told, {});

    CHECK(world.until([&] { return told.has(row.outcome); }));
    CHECK_FALSE(told.has("answered"));
  }
}

void giving_up_stops_the_ringing(DriverWorld& world) {
  Told told;
  auto leg = world.driver().dial(world.phone(Phone::rings_on), told, {});
  REQUIRE(world.until([&] { return told.has("ringing") && world.rings(); }));

  leg->hang_up(Cause::normal);

  CHECK(world.until([&] { return !world.rings(); }));
  CHECK(told.all == Lines{"ringing"});
}

void a_call_can_be_given_up_before_anything_was_heard(DriverWorld& world) {
  Told told;

  world.driver().dial(world.phone(Phone::rings_on), told, {}).reset();
  world.settle();

  CHECK(told.all.empty());
  CHECK(world.until([&] { return !world.rings(); }));
}

void strange_addresses_are_not_reached(DriverWorld& world) {
  CHECK(world.driver().reaches(world.phone(Phone::answers)));
  CHECK_FALSE(world.driver().reaches("fax:123"));
  CHECK_FALSE(world.driver().reaches(""));
}

}  // namespace

const std::vector<Clause>& contract_on_dialling() {
  static const std::vector<Clause> clauses = {
      {"a dialled phone rings and answers", a_dialled_phone_rings_and_answers},
      {"a call that fails says why", a_call_that_fails_says_why},
      {"giving up stops the ringing", giving_up_stops_the_ringing},
      {"a call can be given up before anything was heard", a_call_can_be_given_up_before_anything_was_heard},
      {"strange addresses are not reached", strange_addresses_are_not_reached},
  };
  return clauses;
}
