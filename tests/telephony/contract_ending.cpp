// SPDX-License-Identifier: Apache-2.0
#include "telephony/contract_talk.hpp"

namespace {

using vcsr::Cause;

void command_all(vcsr::Leg& leg, vcsr::Leg& other) {
  leg.ring();
  leg.answer();
  leg.play(beep(20ms), "en");
  leg.stop_playing();
  leg.play("no-such-prompt", "en");
  leg.send_digits("1");
  leg.connect(other);
  leg.disconnect();
  leg.hold();
  leg.retrieve();
  leg.refer("sip:nobody@127.0.0.1");
  leg.tap(nullptr);
  leg.hang_up(Cause::busy);
}

void the_far_side_hangs_up(DriverWorld& world) {
  Talk talk(world, "anna");
  talk.leg->play(beep(5s), "en");

  talk.far->hang_up();

  REQUIRE(world.until([&] { return talk.told->has("hung up normal"); }));
  world.settle();
  CHECK(talk.told->all == Lines{"hung up normal"});
}

void we_hang_up(DriverWorld& world) {
  Talk talk(world, "anna");
  talk.leg->play(beep(20ms), "en");
  talk.leg->send_digits("1");

  talk.leg->hang_up(Cause::normal);

  REQUIRE(world.until([&] { return talk.far->over(); }));
  CHECK(talk.far->cause() == Cause::normal);
  world.settle();
  CHECK(talk.told->all.empty());
}

void destroying_a_leg_hangs_up(DriverWorld& world) {
  Talk talk(world, "anna");
  talk.leg->play(beep(20ms), "en");

  talk.leg.reset();

  REQUIRE(world.until([&] { return talk.far->over(); }));
  CHECK(talk.far->cause() == Cause::normal);
  world.settle();
  CHECK(talk.told->all.empty());
}

void commands_to_an_ended_leg_are_ignored(DriverWorld& world) {
  Talk left(world, "anna");
  Talk released(world, "bert");
  Talk other(world, "carl");
  left.far->hang_up();
  REQUIRE(world.until([&] { return left.told->has("hung up normal"); }));
  released.leg->hang_up(Cause::normal);
  left.told->all.clear();

  command_all(*left.leg, *other.leg);
  command_all(*released.leg, *other.leg);
  other.leg->connect(*left.leg);
  world.settle();

  CHECK(left.told->all.empty());
  CHECK(released.told->all.empty());
  CHECK(other.told->all.empty());
  CHECK_FALSE(other.far->over());
}

void nothing_is_told_from_inside_a_command(DriverWorld& world) {
  Talk talk(world, "anna");
  Told told;

  talk.leg->play("no-such-prompt", "en");
  talk.leg->play(beep(0ms), "en");
  talk.leg->send_digits("1");
  const auto leg = world.driver().dial(world.phone(Phone::nobody), told, {});

  CHECK(talk.told->all.empty());
  CHECK(told.all.empty());
}

void a_listener_can_be_replaced(DriverWorld& world) {
  Talk talk(world, "anna");
  Told second;

  talk.leg->listen(second);
  talk.far->hang_up();

  REQUIRE(world.until([&] { return !second.all.empty(); }));
  CHECK(second.all == Lines{"hung up normal"});
  CHECK(talk.told->all.empty());
  talk.leg.reset();
}

void a_stopped_driver_tells_nothing(DriverWorld& world) {
  Talk talk(world, "anna");
  Told told;
  const auto ringing = world.driver().dial(world.phone(Phone::rings_on), told, {});
  talk.leg->play(beep(20ms), "en");

  world.driver().stop();
  world.settle();

  CHECK(talk.told->all.empty());
  CHECK(told.all.empty());
}

}  // namespace

const std::vector<Clause>& contract_on_ending() {
  static const std::vector<Clause> clauses = {
      {"the far side hangs up", the_far_side_hangs_up},
      {"we hang up", we_hang_up},
      {"destroying a leg hangs up", destroying_a_leg_hangs_up},
      {"commands to an ended leg are ignored", commands_to_an_ended_leg_are_ignored},
      {"nothing is told from inside a command", nothing_is_told_from_inside_a_command},
      {"a listener can be replaced", a_listener_can_be_replaced},
      {"a stopped driver tells nothing", a_stopped_driver_tells_nothing},
  };
  return clauses;
}
