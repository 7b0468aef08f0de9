// SPDX-License-Identifier: Apache-2.0
#include "telephony/contract_talk.hpp"

namespace {

void a_prompt_is_played_to_its_end(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->play(beep(100ms), "en");

  REQUIRE(world.until([&] { return talk.told->has("played"); }));
  world.settle();
  CHECK(talk.told->all == Lines{"played"});
}

void a_stopped_prompt_is_not_told(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->play(beep(20ms), "en");
  talk.leg->stop_playing();
  world.settle();

  CHECK(talk.told->all.empty());
}

void a_repeated_prompt_never_ends(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->play(beep(20ms), "en", {.repeat = true});
  world.settle();

  CHECK(talk.told->all.empty());
}

void a_replaced_prompt_is_not_told(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->play(beep(40ms), "en");
  talk.leg->play("no-such-prompt", "en");
  talk.leg->play(beep(60ms), "en");

  REQUIRE(world.until([&] { return !talk.told->all.empty(); }));
  world.settle();
  CHECK(talk.told->all == Lines{"played"});
}

void an_unknown_prompt_fails_by_name(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->play("no-such-prompt", "en");

  REQUIRE(world.until([&] { return !talk.told->all.empty(); }));
  CHECK(talk.told->all[0].starts_with("play failed: "));
  CHECK(talk.told->all[0].find("no-such-prompt") != std::string::npos);
}

void every_key_press_is_told_once(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.far->press("1120*#A");

  CHECK(world.until([&] { return talk.told->digits().size() >= 7; }));
  world.settle();
  CHECK(talk.told->digits() == "1120*#A");
}

void digits_reach_the_far_side(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->send_digits("99#5");

  REQUIRE(world.until([&] { return talk.told->has("digits sent") && talk.far->digits().size() >= 4; }));
  world.settle();
  CHECK(talk.far->digits() == "99#5");
  CHECK(talk.told->all == Lines{"digits sent"});
}

}  // namespace

const std::vector<Clause>& contract_on_sound() {
  static const std::vector<Clause> clauses = {
      {"a prompt is played to its end", a_prompt_is_played_to_its_end},
      {"a stopped prompt is not told", a_stopped_prompt_is_not_told},
      {"a repeated prompt never ends", a_repeated_prompt_never_ends},
      {"a replaced prompt is not told", a_replaced_prompt_is_not_told},
      {"an unknown prompt fails by name", an_unknown_prompt_fails_by_name},
      {"every key press is told once", every_key_press_is_told_once},
      {"digits reach the far side", digits_reach_the_far_side},
  };
  return clauses;
}
