// SPDX-License-Identifier: Apache-2.0
#include "vcsr/call.hpp"

#include "core/world.hpp"

using namespace vcsr;
using namespace vcsr::testing;

TEST_CASE("a caller hears the welcome in the center's language and is hung up on when the dialogue ends") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.say("welcome");
  });

  SimParty anna = world.caller("anna", stays);
  world.loop.run();

  CHECK(anna.heard() == std::vector<std::string>{"Welcome to the bank."});
  CHECK_FALSE(anna.live());
  CHECK(world.outcomes() == std::vector<std::string>{"self_served"});
  CHECK(world.center.calls() == 0);
}

TEST_CASE("a prompt is said in the contact's language, or in its own") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    call.contact().set_language("zh");
    co_await call.say("welcome");
    co_await call.say(Prompt("welcome").in("en"));
  });

  SimParty anna = world.caller("anna", stays);
  world.loop.run();

  CHECK(anna.heard() == std::vector<std::string>{"欢迎致电银行。", "Welcome to the bank."});
}

TEST_CASE("a caller who leaves during the welcome unwinds the dialogue") {
  World world;
  bool unwound = false, went_on = false;
  world.center.serve("8000", [&](Call call) -> Task<> {
    struct Unwound {
      bool& flag;
      ~Unwound() { flag = true; }
    } guard{unwound};
    co_await call.answer();
    co_await call.say("welcome");
    went_on = true;
  });

  world.caller("eve", [](SimParty eve) -> Task<> { co_await eve.hears("welcome"); });
  world.loop.run();

  CHECK(unwound);
  CHECK_FALSE(went_on);
  CHECK(world.outcomes() == std::vector<std::string>{"left"});
}

TEST_CASE("an unknown prompt fails the dialogue, says which, and the contact keeps its record") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.say("no-such-prompt");
  });

  world.caller("anna", stays);
  world.loop.run();

  const auto failed = world.entries(events::dialogue_failed);
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].data.at("error").text().find("no-such-prompt") != std::string::npos);
  CHECK(world.outcomes() == std::vector<std::string>{"failed"});
}

TEST_CASE("what is asked") {
  World world;
  Heard heard;
  AskOptions options;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    heard = co_await call.ask("menu", options);
  });
  auto press = [](std::string digits, Duration after) -> SimBehavior {
    return [digits, after](SimParty caller) -> Task<> {
      co_await caller.hears("menu");
      co_await caller.wait(after);
      caller.press(digits);
      co_await caller.ended();
    };
  };

  SUBCASE("a digit during the question stops it") {
    world.caller("anna", press("2", 500ms));
    world.loop.run();
    CHECK(heard.kind == Heard::Kind::digits);
    CHECK(heard.text == "2");
    CHECK(world.loop.now().time_since_epoch() < 3s);
  }
  SUBCASE("without barge-in the question is heard to its end") {
    options.barge_in = false;
    world.caller("anna", press("2", 100ms));
    world.loop.run();
    CHECK(heard.text == "2");
    CHECK(world.loop.now().time_since_epoch() > 2s);
  }
  SUBCASE("silence is nothing, after as many tries as asked for") {
    options.tries = 3;
    SimParty anna = world.caller("anna", stays);
    world.loop.run();
    CHECK(heard.kind == Heard::Kind::nothing);
    CHECK(anna.heard().size() == 3);
  }
  SUBCASE("the terminator ends a number and is not part of it") {
    options.max_digits = 16;
    world.caller("anna", press("4711#", 100ms));
    world.loop.run();
    CHECK(heard.text == "4711");
  }
  SUBCASE("a pause ends a number") {
    options.max_digits = 16;
    world.caller("anna", press("4711", 100ms));
    world.loop.run();
    CHECK(heard.text == "4711");
  }
  SUBCASE("what is no choice is asked again, and told when it stays so") {
    options.choices = "12";
    options.tries = 2;
    SimParty anna = world.caller("anna", [](SimParty caller) -> Task<> {
      co_await caller.hears("menu");
      caller.press("9");
      co_await caller.hears("menu");
      caller.press("8");
      co_await caller.ended();
    });
    world.loop.run();
    CHECK(heard.kind == Heard::Kind::wrong);
    CHECK(heard.text == "8");
    CHECK(anna.heard().size() == 2);
  }
}

TEST_CASE("a # after a number that was complete without it answers no further question") {
  World world;
  Heard number, choice;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    number = co_await call.ask("menu", {.max_digits = 4});
    choice = co_await call.ask("menu");
  });
  std::string after;
  SUBCASE("pressed at once") { after = "4711#2"; }
  SUBCASE("not pressed at all") { after = "47112"; }
  SUBCASE("only one is dropped") { after = "4711##"; }

  world.caller("anna", [after](SimParty caller) -> Task<> {
    co_await caller.hears("menu");
    caller.press(after);
    co_await caller.ended();
  });
  world.loop.run();

  CHECK(number.text == "4711");
  CHECK(choice.text == (after.ends_with("2") ? "2" : ""));
}

TEST_CASE("digits typed ahead answer the next question without its being heard") {
  World world;
  Heard heard;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    co_await call.say("welcome");
    heard = co_await call.ask("menu");
  });

  SimParty anna = world.caller("anna", [](SimParty caller) -> Task<> {
    co_await caller.hears("welcome");
    caller.press("1");
    co_await caller.ended();
  });
  world.loop.run();

  CHECK(heard.text == "1");
  CHECK(anna.heard().size() == 1);
}

TEST_CASE("a PIN is heard and is nowhere in the journal") {
  World world;
  Secret pin;
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    call.record();
    pin = co_await call.ask_secret("menu", {.max_digits = 6});
    co_await call.ended();
  });

  world.caller("anna", [](SimParty caller) -> Task<> {
    co_await caller.hears("menu");
    caller.press("837465");
    co_await caller.wait(5s);
  });
  world.loop.run();

  CHECK(pin.matches("837465"));
  for (const JournalEntry& entry : world.entries())
    CHECK(to_json(entry.data).find("837465") == std::string::npos);
  CHECK(world.entries(events::recording_paused).size() == 2);
}

TEST_CASE("somebody is dialled and talked with until he leaves") {
  World world;
  Reached reached{};
  world.driver->set_phone("1001", {.rings = 3s, .behavior = talks(10s)});
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    reached = co_await call.dial("sim:1001");
    if (reached == Reached::answered) co_await call.talk();
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(reached == Reached::answered);
  const auto talks = world.entries(events::contact_disconnected);
  REQUIRE(talks.size() == 1);
  CHECK(*talks[0].data.at("talked").get_if<double>() == doctest::Approx(10));
}

TEST_CASE("what became of dialling is a value") {
  World world;
  const std::vector<std::pair<SimPhone::Reaction, Reached>> cases = {
      {SimPhone::Reaction::busy, Reached::busy},
      {SimPhone::Reaction::rejects, Reached::refused},
      {SimPhone::Reaction::rings_on, Reached::no_answer},
      {SimPhone::Reaction::unreachable, Reached::unreachable}};
  for (const auto& [reaction, expected] : cases) {
    Reached reached{};
    world.driver->set_phone("1001", {.reaction = reaction});
    world.center.serve("8000", [&reached](Call call) -> Task<> {
      co_await call.answer();
      reached = co_await call.dial("sim:1001", {.ring_time = 15s});
    });
    world.caller("anna", stays);
    world.loop.run();
    CHECK(reached == expected);
  }
}

TEST_CASE("a caller who leaves while somebody rings stops the ringing") {
  World world;
  int answered = 0;
  world.driver->set_phone("1001", {.rings = 10s, .behavior = [&answered](SimParty) -> Task<> {
                                     ++answered;
                                     co_return;
                                   }});
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.dial("sim:1001");
  });

  world.caller("anna", [](SimParty caller) -> Task<> { co_await caller.wait(3s); });
  world.loop.run();

  CHECK(answered == 0);
  CHECK(world.center.calls() == 0);
}

TEST_CASE("a party may pass the customer on; when nobody is there, it keeps her") {
  World world;
  std::string second;
  std::size_t stretches = 0;
  world.driver->set_phone("1001", {.behavior = [](SimParty phone) -> Task<> {
                            co_await phone.wait(5s);
                            phone.ask_transfer("sim:1002");
                            co_await phone.wait(60s);
                          }});
  SUBCASE("somebody is there") {
    world.driver->set_phone("1002", {.behavior = talks(7s)});
    second = "answered";
    stretches = 2;
  }
  SUBCASE("nobody is there") {
    world.driver->set_phone("1002", {.reaction = SimPhone::Reaction::busy});
    second = "busy";
    stretches = 1;
  }
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.dial("sim:1001");
    co_await call.talk();
  });

  world.caller("anna", stays);
  world.loop.run();

  const auto passed = world.entries(events::contact_transferred);
  REQUIRE(passed.size() == 1);
  CHECK(passed[0].data.at("result").text() == second);
  CHECK(world.entries(events::contact_disconnected).size() == stretches);
}

TEST_CASE("a blind transfer ends the call as transferred") {
  World world;
  world.driver->set_phone("2000", {});
  world.center.serve("8000", [](Call call) -> Task<> {
    co_await call.answer();
    co_await call.transfer("sim:2000");
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(world.outcomes() == std::vector<std::string>{"transferred"});
}

TEST_CASE("a blind transfer that fails leaves the call as it was") {
  World world;
  Reached reached{};
  bool said = false;
  world.driver->set_phone("2000", {.reaction = SimPhone::Reaction::busy});
  world.center.serve("8000", [&](Call call) -> Task<> {
    co_await call.answer();
    reached = co_await call.transfer("sim:2000");
    co_await call.say("welcome");
    said = true;
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(reached == Reached::busy);
  CHECK(said);
}

TEST_CASE("a handle kept after the end says so and throws Hangup, and does no harm") {
  World world;
  std::optional<Call> kept;
  world.center.serve("8000", [&](Call call) -> Task<> {
    kept = call;
    co_await call.answer();
  });
  world.caller("anna", stays);
  world.loop.run();
  bool hangup = false;
  auto late = [&](Call call) -> Task<> {
    try {
      co_await call.say("welcome");
    } catch (const Hangup&) {
      hangup = true;
    }
  };

  Scope scope(world.loop);
  scope.spawn(late(*kept));
  kept->hang_up();
  kept->stop_playing();
  kept->customer().set("key", "value");
  world.loop.run();

  CHECK_FALSE(kept->live());
  CHECK(hangup);
  CHECK(kept->contact().outcome() == Outcome::self_served);
}

TEST_CASE("a call that is refused is answered by nobody and has its outcome") {
  World world;
  world.center.serve("8000", [](Call call) -> Task<> {
    call.reject(Cause::busy);
    co_return;
  });

  world.caller("anna", stays);
  world.loop.run();

  CHECK(world.outcomes() == std::vector<std::string>{"refused"});
}
