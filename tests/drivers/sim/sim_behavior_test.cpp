// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "telephony/desk.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/media/tone.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace std::chrono_literals;
using vcsr::Cause;
using vcsr::SimParty;
using vcsr::Task;
using Lines = std::vector<std::string>;

namespace {

/// A caller who is through, and what it writes down with the time.
struct Line {
  using Script = std::function<Task<>(SimParty, Line&)>;

  explicit Line(Script behavior, vcsr::SimOptions options = {})
      : script(std::move(behavior)),
        driver(std::move(options)),
        anna((driver.start(loop, desk),
              driver.call("sim:anna", "sim:bank", [this](SimParty party) { return script(party, *this); }))) {
    loop.run_for(0s);
  }
  ~Line() { desk.guests.clear(); }

  void note(const std::string& what) {
    notes.push_back(
        std::to_string(
            std::chrono::duration_cast<std::chrono::milliseconds>(loop.now().time_since_epoch()).count()) +
        " " + what);
  }
  vcsr::Leg& leg() { return desk.leg(); }
  Told& told() { return desk.told(); }

  Script script;
  vcsr::SimLoop loop;
  Desk desk;
  vcsr::SimDriver driver;
  SimParty anna;
  Lines notes;
};

Task<> stay(SimParty party, Line&) { co_await party.ended(); }

vcsr::SimOptions with_words() {
  vcsr::PromptCatalog catalog;
  catalog.add("en", "welcome", {.text = "Welcome to the bank.", .file = {}});
  catalog.add("zh", "welcome", {.text = "欢迎致电", .file = {}});
  catalog.add("en", "balance", {.text = "You have {amount}.", .file = {}});
  return {.catalog = catalog, .characters_per_second = 10};
}

}  // namespace

TEST_CASE("a caller hears an answer, a welcome and its end, in that order") {
  Line world(
      [](SimParty party, Line& line) -> Task<> {
        co_await party.answered();
        line.note("answered");
        co_await party.hears("welcome");
        line.note("hears");
        co_await party.hears_out();
        line.note("heard");
      },
      with_words());

  world.loop.run_for(1s);
  world.leg().answer();
  world.loop.run_for(1s);
  world.leg().play("welcome", "en");
  world.loop.run();

  CHECK(world.notes == Lines{"1000 answered", "2000 hears", "4000 heard"});
  CHECK(world.told().all == Lines{"answered", "played", "hung up normal"});
}

TEST_CASE("a prompt takes as long as its text is to be read") {
  struct Row {
    vcsr::Prompt prompt;
    const char* language;
    std::string heard;
    vcsr::Duration takes;
  };
  const Row rows[] = {
      {"welcome", "en", "Welcome to the bank.", 2000ms},
      {"welcome", "zh", "欢迎致电", 1200ms},
      {vcsr::Prompt("welcome").in("zh"), "en", "欢迎致电", 1200ms},
      {vcsr::Prompt::words("Good morning"), "en", "Good morning", 1200ms},
      {vcsr::Prompt("balance").with("amount", "nothing"), "en", "You have nothing.", 1700ms},
      {vcsr::Prompt::sound(vcsr::silence(3s)), "en", "[sound]", 3000ms},
  };
  for (const Row& row : rows) {
    CAPTURE(row.heard);
    Line world(stay, with_words());

    world.leg().play(row.prompt, row.language);
    world.loop.run();

    CHECK(world.told().all == Lines{"played"});
    CHECK(world.anna.heard() == Lines{row.heard});
    CHECK(world.loop.now() == vcsr::Timestamp(row.takes));
  }
}

TEST_CASE("without a catalog every prompt is its name and takes two seconds") {
  Line world(stay);

  world.leg().play(
      vcsr::Prompt("welcome") + vcsr::Prompt::words("Anna") + vcsr::Prompt::sound(vcsr::silence(1s)), "en");
  world.loop.run();

  CHECK(world.anna.heard() == Lines{"[welcome] Anna [sound]"});
  CHECK(world.told().all == Lines{"played"});
  CHECK(world.loop.now() > vcsr::Timestamp(3s));
}

TEST_CASE("a prompt that the catalog does not have fails with its name") {
  Line world(stay, with_words());

  world.leg().play("goodbye", "en");
  CHECK(world.told().all.empty());
  world.loop.run();

  REQUIRE(world.told().all.size() == 1);
  CHECK(world.told().all[0].starts_with("play failed: "));
  CHECK(world.told().all[0].find("goodbye") != std::string::npos);
  CHECK(world.anna.heard().empty());
}

TEST_CASE("a prompt replaces the one before, whose end is then not told") {
  Line world(stay, with_words());

  world.leg().play("goodbye", "en");
  world.leg().play("welcome", "en");
  world.loop.run_for(1s);
  world.leg().play("welcome", "zh");
  world.loop.run();

  CHECK(world.told().all == Lines{"played"});
  CHECK(world.loop.now() == vcsr::Timestamp(2200ms));
}

TEST_CASE("music repeats until it is stopped") {
  Line world([](SimParty party, Line& line) -> Task<> {
    co_await party.hears("music");
    co_await party.hears_out();
    line.note("silence");
    co_await party.ended();
  });

  world.leg().play("music", "en", {.repeat = true});
  world.loop.run_for(1h);
  CHECK(world.notes.empty());
  world.leg().stop_playing();
  world.loop.run();

  CHECK(world.notes == Lines{"3600000 silence"});
  CHECK(world.told().all.empty());
}

TEST_CASE("hears() finds names, words and what began since the last one") {
  Line world(
      [](SimParty party, Line& line) -> Task<> {
        co_await party.wait(10s);
        co_await party.hears("the bank");
        line.note("words");
        co_await party.hears("balance");
        line.note("name");
        co_await party.hears("welcome");
        line.note("welcome again");
      },
      with_words());

  world.leg().play("welcome", "en");
  world.loop.run_for(3s);
  world.leg().play(vcsr::Prompt("balance").with("amount", "ten"), "en");
  world.loop.run_for(17s);
  CHECK(world.notes == Lines{"10000 words", "10000 name"});
  world.leg().play("welcome", "zh");
  world.loop.run();

  CHECK(world.notes.back() == "20000 welcome again");
}

TEST_CASE("keys are pressed 100 ms apart, one press after the other") {
  Line world(stay);
  Told& told = world.told();
  world.leg().answer();
  world.leg().play("menu", "en");

  world.anna.press("12");
  world.anna.press("#");
  CHECK(told.digits().empty());
  world.loop.run_for(0ms);
  CHECK(told.digits() == "1");
  world.loop.run_for(99ms);
  CHECK(told.digits() == "1");
  world.loop.run_for(1ms);
  CHECK(told.digits() == "12");
  world.loop.run_for(100ms);
  CHECK(told.digits() == "12#");
  world.loop.run();

  CHECK(told.all.back() == "played");
}

TEST_CASE("keys pressed before the answer, or that no telephone has, reach nobody") {
  Line world(stay);

  world.anna.press("1");
  CHECK_THROWS_WITH_AS(world.anna.press("12x"), "sim: expected keys 0-9 * # A-D, got '12x'", vcsr::Error);
  world.loop.run();
  world.leg().answer();
  world.loop.run();

  CHECK(world.told().digits().empty());
}

TEST_CASE("digits that are sent reach the party, and their end is told") {
  Line world(stay);
  world.leg().answer();

  world.leg().send_digits("12");
  world.leg().send_digits("3");
  world.loop.run();

  CHECK(world.anna.digits() == "123");
  CHECK(world.told().all == Lines{"answered", "digits sent", "digits sent"});
  CHECK(world.loop.now() == vcsr::Timestamp(300ms));
}

TEST_CASE("connected parties know it, and get each other's keys") {
  Line world([](SimParty party, Line& line) -> Task<> {
    co_await party.connected();
    line.note("connected");
    co_await party.ended();
  });
  SimParty bert = world.driver.call("sim:bert", "sim:bank", {});
  world.loop.run();
  world.leg().answer();
  world.desk.leg(1).answer();
  world.leg().play("music", "en", {.repeat = true});

  world.leg().connect(world.desk.leg(1));
  world.anna.press("7");
  world.loop.run();
  CHECK(world.notes == Lines{"0 connected"});
  CHECK(bert.digits() == "7");
  CHECK(world.told().digits() == "7");
  world.desk.leg(1).disconnect();
  world.anna.press("8");
  world.loop.run();

  CHECK(bert.digits() == "7");
  CHECK(world.told().digits() == "78");
}

TEST_CASE("a connection ends with either leg") {
  Line world(stay);
  SimParty bert = world.driver.call("sim:bert", "sim:bank", {});
  world.loop.run();
  world.leg().answer();
  world.desk.leg(1).answer();
  world.leg().connect(world.desk.leg(1));

  bert.hang_up();
  world.anna.press("1");
  world.loop.run();

  CHECK(world.desk.told(1).all == Lines{"answered", "hung up normal"});
  CHECK(bert.digits().empty());
  CHECK(world.anna.live());
}

TEST_CASE("every operation of a party throws Hangup once the call is over, except ended()") {
  Line world(stay);
  world.leg().answer();
  world.leg().play("music", "en", {.repeat = true});
  SimParty anna = world.anna;
  int hangups = 0;
  vcsr::Scope scope(world.loop, [&hangups](std::exception_ptr) { ++hangups; });
  const auto wait_for_all = [&scope, &anna] {
    scope.spawn(anna.hears("nothing"));
    scope.spawn(anna.hears_out());
    scope.spawn(anna.connected());
    scope.spawn(anna.wait(1h));
    scope.spawn(anna.ended());
  };

  wait_for_all();
  world.loop.run_for(1s);
  CHECK(scope.size() == 5);
  world.leg().hang_up(Cause::normal);
  world.loop.run();
  CHECK(hangups == 4);
  wait_for_all();
  scope.spawn(anna.answered());
  world.loop.run();

  CHECK(hangups == 9);
  CHECK(scope.size() == 0);
  CHECK(world.loop.now() == vcsr::Timestamp(1s));
}

TEST_CASE("a party gives up waiting without missing what comes later") {
  Line world([](SimParty party, Line& line) -> Task<> {
    std::optional<std::monostate> heard = co_await vcsr::within(line.loop, 5s, party.hears("welcome"));
    line.note(heard ? "heard" : "gave up");
    co_await party.hears("welcome");
    line.note("heard");
  });
  world.loop.run_for(6s);

  world.leg().play("welcome", "en");
  world.loop.run();

  CHECK(world.notes == Lines{"5000 gave up", "6000 heard"});
}

TEST_CASE("a party holds the line and asks to be passed on") {
  Line world(stay);
  world.leg().answer();

  world.anna.hold(true);
  world.anna.hold(false);
  world.anna.ask_transfer("sim:carl");
  CHECK(world.told().all.empty());
  world.loop.run();

  CHECK(world.told().all == Lines{"answered", "held", "retrieved", "transfer to sim:carl"});
}

TEST_CASE("the party learns for which cause it was refused") {
  for (const Cause cause : {Cause::busy, Cause::rejected, Cause::not_found, Cause::congestion}) {
    Line world(stay);

    world.leg().hang_up(cause);
    world.loop.run();

    CHECK_FALSE(world.anna.live());
    CHECK(world.anna.cause() == cause);
    CHECK(world.told().all.empty());
  }
}
