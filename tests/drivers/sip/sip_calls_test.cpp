// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Office;
using vcsr::test::Party;
using vcsr::test::TwoOffices;

TEST_CASE("a call rings, is answered and ends for both when the callee hangs up") {
  TwoOffices world;
  auto anna =
      world.bank.dial("sip:1000@" + world.shop.host(), Address("sip:anna@example.org", "Anna \"A\" B"));
  REQUIRE(world.until([&] { return !world.shop.callers.empty(); }));
  Party& bob = world.shop.caller();

  bob.leg->ring();
  CHECK(world.until([&] { return anna->heard("ringing"); }));
  bob.leg->answer();
  CHECK(world.until([&] { return anna->heard("answered") && bob.heard("answered"); }));
  bob.leg->hang_up(Cause::normal);
  CHECK(world.until([&] { return anna->heard("hung up: normal"); }));

  CHECK(world.shop.arrivals[0].from == Address("sip:anna@example.org", "Anna \"A\" B"));
  CHECK(world.shop.arrivals[0].to.user() == "1000");
  CHECK(!world.shop.arrivals[0].id.empty());
  CHECK(anna->told == std::vector<std::string>{"ringing", "answered", "hung up: normal"});
  CHECK(bob.told == std::vector<std::string>{"answered"});
  CHECK(world.bank.driver->statistics().calls == 0);
}

TEST_CASE("whoever refuses a call says why") {
  const Cause causes[] = {Cause::busy,       Cause::rejected,     Cause::no_answer, Cause::not_found,
                          Cause::congestion, Cause::incompatible, Cause::failed};
  TwoOffices world;

  for (const Cause cause : causes) {
    CAPTURE(to_string(cause));
    world.shop.callers.clear();
    auto anna = world.call();
    world.shop.caller().leg->hang_up(cause);

    CHECK(world.until([&] { return !anna->told.empty(); }));
    CHECK(anna->told == std::vector<std::string>{std::string("hung up: ") + to_string(cause)});
  }
}

TEST_CASE("a caller who gives up while it rings cancels the call") {
  TwoOffices world;
  auto anna = world.call();
  Party& bob = world.shop.caller();
  bob.leg->ring();
  REQUIRE(world.until([&] { return anna->heard("ringing"); }));

  anna.reset();

  CHECK(world.until([&] { return bob.heard("hung up: normal"); }));
  CHECK(world.bank.driver->statistics().calls == 0);
  CHECK(world.shop.driver->statistics().calls == 0);
}

TEST_CASE("a leg that is let go of hangs up") {
  TwoOffices world;
  auto anna = world.conversation();

  world.shop.callers.clear();

  CHECK(world.until([&] { return anna->heard("hung up: normal"); }));
}

TEST_CASE("hold and retrieve are told to the party on hold, as often as they happen") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();

  anna->leg->hold();
  CHECK(world.until([&] { return bob.heard("held"); }));
  anna->leg->retrieve();
  CHECK(world.until([&] { return bob.heard("retrieved"); }));
  bob.leg->hold();
  CHECK(world.until([&] { return anna->heard("held"); }));

  CHECK(bob.told == std::vector<std::string>{"answered", "held", "retrieved"});
  CHECK(anna->told == std::vector<std::string>{"answered", "held"});
}

TEST_CASE("both sides may hold at the same moment") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();

  anna->leg->hold();
  bob.leg->hold();

  CHECK(world.until([&] { return anna->heard("held") && bob.heard("held"); }));
}

TEST_CASE("a party asked to call somebody else says what came of it") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();

  anna->leg->refer("sip:2000@192.0.2.7:5070");

  CHECK(world.until([&] { return bob.heard("transfer to sip:2000@192.0.2.7:5070"); }));
  CHECK_FALSE(anna->heard("referred: normal"));
  bob.leg->transfer_ended(Cause::normal);
  CHECK(world.until([&] { return anna->heard("referred: normal"); }));
}

TEST_CASE("a party may be asked to call a telephone number") {
  TwoOffices world;
  auto anna = world.conversation();

  anna->leg->refer("tel:+86-10-5555-0001");

  CHECK(world.until([&] { return world.shop.caller().heard("transfer to tel:+861055550001"); }));
}

TEST_CASE("a phone nobody has is not reached, and the failure is not told inside dial()") {
  TwoOffices world;

  auto unknown = world.bank.dial("sip:nobody");
  auto itself = world.bank.dial("sip:nobody@" + world.bank.host());
  auto senseless = world.bank.dial("sip:a b@127.0.0.1");

  CHECK(unknown->told.empty());
  CHECK(world.until([&] { return unknown->heard("hung up: unreachable"); }));
  CHECK(world.until([&] { return itself->heard("hung up: unreachable"); }));
  CHECK(world.until([&] { return senseless->heard("hung up: not_found"); }));
}

TEST_CASE("a host where nobody listens is not reached") {
  TwoOffices world;

  auto anna = world.bank.dial("sip:nobody@127.0.0.1:1");

  CHECK(world.until([&] { return anna->heard("hung up: unreachable"); }));
}

TEST_CASE("a host's name is resolved before the call is sent") {
  TwoOffices world;

  auto anna = world.bank.dial("sip:1000@localhost:" + std::to_string(world.shop.driver->port()));
  auto nobody = world.bank.dial("sip:1000@no-such-host.invalid");

  CHECK(world.until([&] { return !world.shop.callers.empty(); }));
  CHECK(world.until([&] { return nobody->heard("hung up: unreachable"); }));
}

TEST_CASE("calls beyond the limit are refused before they arrive") {
  SipOptions small = test::with_ports(14000);
  small.max_calls = 1;
  TwoOffices world(small);
  auto first = world.conversation();

  auto second = world.bank.dial("sip:1000@" + world.shop.host());

  CHECK(world.until([&] { return second->heard("hung up: congestion"); }));
  CHECK(world.shop.arrivals.size() == 1);
  CHECK(world.shop.driver->statistics().refused == 1);
  CHECK(!first->heard("hung up: congestion"));
}

TEST_CASE("more calls a second than allowed are refused") {
  SipOptions slow = test::with_ports(14000);
  slow.max_calls_per_second = 1;
  TwoOffices world(slow);

  std::vector<std::unique_ptr<Party>> callers;
  for (int i = 0; i < 5; ++i) callers.push_back(world.bank.dial("sip:1000@" + world.shop.host()));

  const auto refused = [&](const auto& party) { return party->heard("hung up: congestion"); };
  CHECK(world.until([&] { return std::count_if(callers.begin(), callers.end(), refused) >= 3; }));
  CHECK(world.shop.driver->statistics().refused >= 3);
}

TEST_CASE("two parties without a codec in common do not talk") {
  SipOptions european = test::with_ports(14000);
  european.codecs = {SipCodec::pcma};
  SipOptions american = test::with_ports(13200);
  american.codecs = {SipCodec::pcmu};
  TwoOffices world(european);
  Office other(world.clockwork, american);

  auto anna = other.dial("sip:1000@" + world.shop.host());

  CHECK(world.until([&] { return anna->heard("hung up: incompatible"); }));
  CHECK(world.shop.arrivals.empty());
}

TEST_CASE("offices that agree on Opus talk, and digits go through") {
  SipOptions modern = test::with_ports(14000), other = test::with_ports(13200);
  modern.codecs = {SipCodec::opus, SipCodec::pcmu};
  other.codecs = {SipCodec::g722, SipCodec::opus};
  TwoOffices world(modern);
  Office office(world.clockwork, other);

  auto anna = office.dial("sip:1000@" + world.shop.host());
  REQUIRE(world.until([&] { return !world.shop.callers.empty(); }));
  Party& bob = world.shop.caller();
  bob.leg->answer();
  CHECK(world.until([&] { return anna->heard("answered"); }));
  anna->leg->send_digits("4#");

  CHECK(world.until([&] { return bob.heard("digit #") && anna->heard("digits sent"); }));
  CHECK(world.shop.driver->statistics().packets_received > 0);
}

TEST_CASE("what was begun is heard before the answer, and digits go through") {
  TwoOffices world;
  auto anna = world.call();
  Party& bob = world.shop.caller();
  const auto beep = std::make_shared<const Sound>(std::vector<std::int16_t>(1600, 1000));

  bob.leg->play(Prompt::sound(beep), "en");
  CHECK(world.until([&] { return bob.heard("played") && anna->heard("ringing"); }));
  bob.leg->answer();
  CHECK(world.until([&] { return anna->heard("answered"); }));
  anna->leg->send_digits("4#");
  CHECK(world.until([&] { return bob.heard("digit #") && anna->heard("digits sent"); }));

  CHECK(bob.told == std::vector<std::string>{"played", "answered", "digit 4", "digit #"});
  CHECK(world.shop.driver->statistics().packets_received > 0);
}

TEST_CASE("a prompt nobody recorded fails without ending the call") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();

  bob.leg->play("no-such-prompt", "en");
  CHECK(bob.told.size() == 1);
  const auto failed = [&] {
    return std::any_of(bob.told.begin(), bob.told.end(), [](const std::string& what) {
      return what.find("no-such-prompt") != std::string::npos;
    });
  };

  CHECK(world.until(failed));
  CHECK(!anna->heard("hung up: normal"));
}

TEST_CASE("a transfer that nobody takes is declined") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();
  bob.takes_transfers = false;

  anna->leg->refer("sip:2000@192.0.2.7:5070");

  CHECK(world.until([&] { return anna->heard("referred: rejected"); }));
  CHECK(bob.heard("transfer to sip:2000@192.0.2.7:5070"));
}

TEST_CASE("commands to a leg that has ended are ignored") {
  TwoOffices world;
  auto anna = world.conversation();
  Party& bob = world.shop.caller();
  anna->leg->hang_up(Cause::normal);
  REQUIRE(world.until([&] { return bob.heard("hung up: normal"); }));
  const std::vector<std::string> told = bob.told;

  bob.leg->answer();
  bob.leg->ring();
  bob.leg->hold();
  bob.leg->retrieve();
  bob.leg->refer("sip:x@127.0.0.1");
  bob.leg->play("anything", "en");
  bob.leg->stop_playing();
  bob.leg->send_digits("1");
  bob.leg->tap({});
  bob.leg->disconnect();
  bob.leg->connect(*bob.leg);
  bob.leg->hang_up(Cause::busy);

  CHECK(bob.told == told);
}

TEST_CASE("the reason why a call ends reaches the other side") {
  TwoOffices world;
  auto anna = world.conversation();

  anna->leg->hang_up(Cause::lost);

  CHECK(world.until([&] { return world.shop.caller().heard("hung up: lost"); }));
}

TEST_CASE("a callee who hangs up at once after answering does so after the ACK") {
  TwoOffices world;
  auto anna = world.call();

  world.shop.caller().leg->answer();
  world.shop.caller().leg->hang_up(Cause::normal);

  CHECK(world.until([&] { return anna->heard("hung up: normal"); }));
  CHECK(anna->told == std::vector<std::string>{"answered", "hung up: normal"});
}

TEST_CASE("an office that closes hangs up on everybody") {
  TwoOffices world;
  auto anna = world.conversation();
  auto ben = world.bank.dial("sip:1001@" + world.shop.host());
  REQUIRE(world.until([&] { return world.shop.callers.size() == 2; }));

  world.shop.driver->stop();

  CHECK(world.until([&] { return anna->heard("hung up: normal"); }));
  CHECK(world.until([&] { return ben->heard("hung up: normal"); }));
}

TEST_CASE("a port that is taken is named, with the remedy") {
  TwoOffices world;
  SipOptions options;
  options.port = world.bank.driver->port();
  Voice voice(world.clockwork.loop, PromptCatalog(), nullptr);
  auto second = make_sip_driver(options, voice);

  std::string message;
  try {
    second->start(world.clockwork.loop, world.shop);
  } catch (const Error& error) {
    message = error.what();
    CHECK(error.code() == Error::Code::unavailable);
  }

  CHECK(message.find(world.bank.host()) != std::string::npos);
  CHECK(message.find("set another sip.port") != std::string::npos);
}
