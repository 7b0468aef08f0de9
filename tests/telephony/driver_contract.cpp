// SPDX-License-Identifier: Apache-2.0
#include "telephony/driver_contract.hpp"

#include <doctest/doctest.h>

#include "vcsr/media/tone.hpp"

namespace {

using namespace std::chrono_literals;
using vcsr::Address;
using vcsr::Cause;
using Lines = std::vector<std::string>;
using Phone = DriverWorld::Phone;

/// A caller with whom we talk.
struct Talk {
  Talk(DriverWorld& world, const std::string& name) {
    const std::size_t number = world.desk().guests.size();
    far = world.call(name, "bank");
    REQUIRE(world.until([&] { return world.desk().guests.size() > number; }));
    leg = std::move(world.desk().guests[number].leg);
    told = world.desk().guests[number].told.get();
    leg->answer();
    REQUIRE(world.until([&] { return told->has("answered") && far->answered(); }));
    told->all.clear();
  }

  std::unique_ptr<FarParty> far;
  Told* told;
  std::unique_ptr<vcsr::Leg> leg;
};

vcsr::Prompt beep(vcsr::Duration duration) { return vcsr::Prompt::sound(vcsr::silence(duration)); }

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

void strange_addresses_are_not_reached(DriverWorld& world) {
  CHECK(world.driver().reaches(world.phone(Phone::answers)));
  CHECK_FALSE(world.driver().reaches("fax:123"));
  CHECK_FALSE(world.driver().reaches(""));
}

}  // namespace

const std::vector<Clause>& driver_contract() {
  static const std::vector<Clause> clauses = {
      {"an arrival says who calls whom", an_arrival_says_who_calls_whom},
      {"answering is told to both", answering_is_told_to_both},
      {"a refusal reaches the caller with its cause", a_refusal_reaches_the_caller_with_its_cause},
      {"letting an arrived leg go refuses it", letting_an_arrived_leg_go_refuses_it},
      {"a caller who gives up is told", a_caller_who_gives_up_is_told},
      {"the far side hangs up", the_far_side_hangs_up},
      {"we hang up", we_hang_up},
      {"destroying a leg hangs up", destroying_a_leg_hangs_up},
      {"commands to an ended leg are ignored", commands_to_an_ended_leg_are_ignored},
      {"nothing is told from inside a command", nothing_is_told_from_inside_a_command},
      {"a listener can be replaced", a_listener_can_be_replaced},
      {"a dialled phone rings and answers", a_dialled_phone_rings_and_answers},
      {"a call that fails says why", a_call_that_fails_says_why},
      {"giving up stops the ringing", giving_up_stops_the_ringing},
      {"a call can be given up before anything was heard", a_call_can_be_given_up_before_anything_was_heard},
      {"a prompt is played to its end", a_prompt_is_played_to_its_end},
      {"a stopped prompt is not told", a_stopped_prompt_is_not_told},
      {"a repeated prompt never ends", a_repeated_prompt_never_ends},
      {"a replaced prompt is not told", a_replaced_prompt_is_not_told},
      {"an unknown prompt fails by name", an_unknown_prompt_fails_by_name},
      {"every key press is told once", every_key_press_is_told_once},
      {"digits reach the far side", digits_reach_the_far_side},
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
      {"a stopped driver tells nothing", a_stopped_driver_tells_nothing},
      {"strange addresses are not reached", strange_addresses_are_not_reached},
  };
  return clauses;
}
