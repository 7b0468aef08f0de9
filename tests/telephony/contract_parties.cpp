// SPDX-License-Identifier: Apache-2.0
#include "telephony/contract_talk.hpp"

namespace {

using vcsr::Address;
using vcsr::Cause;

void connected_parties_hear_each_other(DriverWorld& world) {
  Talk anna(world, "anna");
  Talk bert(world, "bert");
  anna.leg->play(beep(20ms), "en", {.repeat = true});
  CHECK_FALSE(world.hears(*anna.far, *bert.far));

  anna.leg->connect(*bert.leg);
  CHECK(world.hears(*anna.far, *bert.far));
  CHECK(world.hears(*bert.far, *anna.far));
  bert.leg->disconnect();

  CHECK_FALSE(world.hears(*anna.far, *bert.far));
  CHECK_FALSE(anna.far->over());
  CHECK_FALSE(bert.far->over());
}

void listening_in_is_one_way(DriverWorld& world) {
  Talk anna(world, "anna");
  Talk bert(world, "bert");
  Talk carl(world, "carl");
  anna.leg->connect(*bert.leg);

  carl.leg->hear(*anna.leg, true);
  carl.leg->hear(*bert.leg, true);

  CHECK(world.hears(*carl.far, *anna.far));
  CHECK(world.hears(*carl.far, *bert.far));
  CHECK(world.hears(*bert.far, *anna.far));
  CHECK_FALSE(world.hears(*anna.far, *carl.far));
  CHECK_FALSE(world.hears(*bert.far, *carl.far));
}

void in_a_conference_everybody_hears_everybody(DriverWorld& world) {
  Talk anna(world, "anna");
  Talk bert(world, "bert");
  Talk carl(world, "carl");
  const std::vector<Talk*> all = {&anna, &bert, &carl};

  for (Talk* hearer : all) {
    for (Talk* source : all) hearer->leg->hear(*source->leg, true);
  }
  for (Talk* hearer : all) {
    for (Talk* source : all) {
      if (hearer != source) CHECK(world.hears(*hearer->far, *source->far));
    }
  }

  bert.leg->disconnect();
  CHECK_FALSE(world.hears(*bert.far, *anna.far));
  CHECK_FALSE(world.hears(*carl.far, *bert.far));
  CHECK(world.hears(*carl.far, *anna.far));
}

void a_connection_ends_with_either_leg(DriverWorld& world) {
  Talk anna(world, "anna");
  Talk bert(world, "bert");
  anna.leg->connect(*bert.leg);

  bert.leg.reset();
  REQUIRE(world.until([&] { return bert.far->over(); }));
  world.settle();

  CHECK_FALSE(anna.far->over());
  CHECK_FALSE(anna.told->has("hung up normal"));
  anna.leg->play(beep(20ms), "en");
  CHECK(world.until([&] { return anna.told->has("played"); }));
}

void holding_is_told(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.far->hold(true);
  CHECK(world.until([&] { return talk.told->has("held"); }));
  talk.far->hold(false);
  CHECK(world.until([&] { return talk.told->has("retrieved"); }));

  CHECK(talk.told->all == Lines{"held", "retrieved"});
}

void a_held_party_can_be_retrieved(DriverWorld& world) {
  Talk talk(world, "anna");

  talk.leg->hold();
  world.settle();
  talk.leg->retrieve();
  world.settle();
  talk.far->press("5");

  CHECK(world.until([&] { return talk.told->digits() == "5"; }));
  CHECK_FALSE(talk.far->over());
}

void a_party_asks_to_be_passed_on(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk talk(world, "anna");
  const Address target = world.phone(Phone::answers);

  talk.far->ask_transfer(target);

  CHECK(world.until([&] { return talk.told->has("transfer to " + target.uri); }));
}

void a_party_learns_what_became_of_its_transfer(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  for (const Cause outcome : {Cause::busy, Cause::normal, Cause::rejected}) {
    CAPTURE(std::string(to_string(outcome)));
    Talk talk(world, "anna");
    talk.far->ask_transfer(world.phone(Phone::answers));
    REQUIRE(world.until([&] { return !talk.told->all.empty(); }));
    world.settle();
    CHECK_FALSE(talk.far->transfer_outcome());

    talk.leg->transfer_ended(outcome);

    CHECK(world.until([&] { return talk.far->transfer_outcome() == outcome; }));
    CHECK_FALSE(talk.far->over());
    talk.leg->hang_up(Cause::normal);
    REQUIRE(world.until([&] { return talk.far->over(); }));
  }
}

void a_transfer_that_nobody_takes_is_declined(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk talk(world, "anna");
  talk.told->takes_transfers = false;

  talk.far->ask_transfer(world.phone(Phone::answers));

  CHECK(world.until([&] { return talk.far->transfer_outcome() == Cause::rejected; }));
}

void a_party_asks_to_be_passed_on_to_whom_it_talks_with(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk anna(world, "anna"), other(world, "anna");

  anna.far->ask_transfer(*other.far);

  CHECK(world.until([&] { return anna.told->has("attended transfer"); }));
  CHECK(anna.told->transfer_to == other.leg.get());
  CHECK(other.told->all.empty());
}

void what_became_of_a_referral_is_told(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk anna(world, "anna");

  anna.leg->refer(world.phone(Phone::answers));

  // Whoever is asked takes it and says so in the end.
  REQUIRE(world.until([&] { return world.take_referral(*anna.far, Cause::normal); }));
  CHECK(world.until([&] { return anna.told->has("referred normal"); }));
}

void a_party_takes_our_place_with_another(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk anna(world, "anna"), bert(world, "bert");

  anna.leg->refer(*bert.leg);

  REQUIRE(world.until([&] { return world.take_place(*anna.far, *bert.far); }));
  CHECK(world.until([&] { return anna.told->has("referred normal"); }));
  CHECK(world.until([&] { return bert.told->has("hung up normal"); }));
  CHECK_FALSE(anna.told->has("hung up normal"));
}

void nobody_is_referred_to_a_line_that_is_not_answered(DriverWorld& world) {
  if (!world.driver().capabilities().transfers) return;
  Talk anna(world, "anna");
  Told told;
  const std::unique_ptr<vcsr::Leg> ringing = world.driver().dial(world.phone(Phone::rings_on), told, {});
  REQUIRE(world.until([&] { return told.has("ringing"); }));

  anna.leg->refer(*ringing);

  CHECK(world.until([&] { return anna.told->has("referred failed"); }));
  CHECK(told.all == Lines{"ringing"});
  CHECK_FALSE(anna.far->over());
}

}  // namespace

const std::vector<Clause>& contract_on_parties() {
  static const std::vector<Clause> clauses = {
      {"connected parties hear each other", connected_parties_hear_each_other},
      {"listening in is one way", listening_in_is_one_way},
      {"in a conference everybody hears everybody", in_a_conference_everybody_hears_everybody},
      {"a connection ends with either leg", a_connection_ends_with_either_leg},
      {"holding is told", holding_is_told},
      {"a held party can be retrieved", a_held_party_can_be_retrieved},
      {"a party asks to be passed on", a_party_asks_to_be_passed_on},
      {"a party learns what became of its transfer", a_party_learns_what_became_of_its_transfer},
      {"a transfer that nobody takes is declined", a_transfer_that_nobody_takes_is_declined},
      {"a party asks to be passed on to whom it talks with",
       a_party_asks_to_be_passed_on_to_whom_it_talks_with},
      {"what became of a referral is told", what_became_of_a_referral_is_told},
      {"a party takes our place with another", a_party_takes_our_place_with_another},
      {"nobody is referred to a line that is not answered",
       nobody_is_referred_to_a_line_that_is_not_answered},
  };
  return clauses;
}
