// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "telephony/desk.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace std::chrono_literals;
using vcsr::Cause;
using vcsr::SimParty;
using vcsr::SimPhone;
using vcsr::Task;
using Lines = std::vector<std::string>;

namespace {

Task<> stay(SimParty party) { co_await party.ended(); }

struct World {
  explicit World(vcsr::SimOptions options = {}) : driver(std::move(options)) { driver.start(loop, desk); }
  ~World() { desk.guests.clear(); }

  SimParty call(vcsr::SimBehavior behavior = stay) {
    return driver.call("sim:anna", "sim:bank", std::move(behavior));
  }
  vcsr::Timestamp second(double seconds) {
    return vcsr::Timestamp(vcsr::Duration(static_cast<std::int64_t>(seconds * 1e6)));
  }

  vcsr::SimLoop loop;
  Desk desk;
  vcsr::SimDriver driver;
  Told phone;
};

vcsr::PromptCatalog two_languages() {
  vcsr::PromptCatalog catalog;
  catalog.add("en", "welcome", {.text = "Welcome to the bank.", .file = {}});
  catalog.add("zh", "welcome", {.text = "欢迎致电", .file = {}});
  return catalog;
}

}  // namespace

TEST_CASE("a caller arrives after call() has returned, with names and an id of its own") {
  World world;

  SimParty anna = world.driver.call({"sim:anna", "Anna"}, "sim:bank", stay);
  SimParty bert = world.driver.call("sim:bert", "sim:bank", stay);

  CHECK(world.desk.guests.empty());
  world.loop.run();
  REQUIRE(world.desk.guests.size() == 2);
  CHECK(world.desk.guests[0].arrival.from == vcsr::Address("sim:anna", "Anna"));
  CHECK(world.desk.guests[0].arrival.to.user() == "bank");
  CHECK(world.desk.guests[0].arrival.id != world.desk.guests[1].arrival.id);
}

TEST_CASE("a caller who leaves before the call arrives never arrives") {
  World world;
  bool lived = false;

  SimParty anna = world.call([&lived](SimParty) -> Task<> {
    lived = true;
    co_return;
  });
  anna.hang_up();
  world.loop.run();

  CHECK(world.desk.guests.empty());
  CHECK_FALSE(lived);
}

TEST_CASE("calling or dialling before the driver has started says what to do") {
  vcsr::SimDriver driver;
  Told told;

  CHECK_THROWS_WITH_AS(driver.call("sim:anna", "sim:bank", stay),
                       "sim: a call needs a started driver: add it to a center, or call start()",
                       vcsr::Error);
  CHECK_THROWS_WITH_AS(driver.dial("sim:anna", told, {}),
                       "sim: dialling needs a started driver: add it to a center, or call start()",
                       vcsr::Error);
}

TEST_CASE("the driver says what it can do and whom it reaches") {
  vcsr::SimDriver driver;

  CHECK(driver.name() == "sim");
  CHECK(driver.capabilities().dials);
  CHECK(driver.capabilities().transfers);
  CHECK_FALSE(driver.capabilities().taps);
  CHECK(driver.reaches("sim:anna"));
  CHECK_FALSE(driver.reaches("sip:anna"));
}

TEST_CASE("a phone reacts to being dialled") {
  using Reaction = SimPhone::Reaction;
  struct Row {
    Reaction reaction;
    Lines told;
    vcsr::Duration after;
  };
  const Row rows[] = {
      {Reaction::answers, {"ringing", "answered"}, 3s},
      {Reaction::rejects, {"ringing", "hung up rejected"}, 3s},
      {Reaction::rings_on, {"ringing"}, 0s},
      {Reaction::busy, {"hung up busy"}, 0s},
      {Reaction::unreachable, {"hung up unreachable"}, 0s},
  };
  for (const Row& row : rows) {
    World world;
    world.driver.set_phone("bert", {.reaction = row.reaction, .rings = 3s, .behavior = {}});

    const auto leg = world.driver.dial("sim:bert", world.phone, {});

    CHECK(world.phone.all.empty());
    world.loop.run();
    CHECK(world.phone.all == row.told);
    CHECK(world.loop.now() == vcsr::Timestamp(row.after));
  }
}

TEST_CASE("an address nobody has is not found") {
  for (const char* address : {"sim:nobody", "sip:bert", "bert"}) {
    World world;
    world.driver.set_phone("bert", {});

    const auto leg = world.driver.dial(address, world.phone, {});
    world.loop.run();

    CHECK(world.phone.all == Lines{"hung up not_found"});
  }
}

TEST_CASE("a phone that rings or is in a call is busy, and free again afterwards") {
  World world;
  world.driver.set_phone("bert", {});
  Told second, third, fourth;

  auto first_leg = world.driver.dial("sim:bert", world.phone, {});
  const auto second_leg = world.driver.dial("sim:bert", second, {});
  world.loop.run();
  const auto third_leg = world.driver.dial("sim:bert", third, {});
  first_leg->hang_up(Cause::normal);
  const auto fourth_leg = world.driver.dial("sim:bert", fourth, {});
  world.loop.run();

  CHECK(world.phone.all == Lines{"ringing", "answered"});
  CHECK(second.all == Lines{"hung up busy"});
  CHECK(third.all == Lines{"hung up busy"});
  CHECK(fourth.all == Lines{"ringing", "answered"});
}

TEST_CASE("a phone that makes a call itself is busy") {
  World world;
  world.driver.set_phone("anna", {});
  SimParty anna = world.call();
  world.loop.run();

  const auto leg = world.driver.dial("sim:anna", world.phone, {});
  world.loop.run();
  anna.hang_up();
  Told again;
  const auto second_leg = world.driver.dial("sim:anna", again, {});
  world.loop.run();

  CHECK(world.phone.all == Lines{"hung up busy"});
  CHECK(again.all == Lines{"ringing", "answered"});
}

TEST_CASE("hanging up a ringing phone stops its ringing") {
  World world;
  bool lived = false;
  world.driver.set_phone(
      "bert",
      {.reaction = SimPhone::Reaction::answers, .rings = 5s, .behavior = [&lived](SimParty) -> Task<> {
         lived = true;
         co_return;
       }});

  const auto leg = world.driver.dial("sim:bert", world.phone, {});
  world.loop.run_for(1s);
  leg->hang_up(Cause::normal);
  world.loop.run();

  CHECK(world.phone.all == Lines{"ringing"});
  CHECK_FALSE(lived);
  CHECK(world.loop.now() == world.second(1));
}

TEST_CASE("the reception is told of phones that come, go and are there at the start") {
  vcsr::SimLoop loop;
  Desk desk;
  vcsr::SimDriver driver;
  driver.set_phone("bert", {});
  driver.set_phone("anna", {.reaction = SimPhone::Reaction::unreachable, .behavior = {}});

  driver.start(loop, desk);
  CHECK(desk.devices.empty());
  loop.run();
  driver.set_phone("anna", {});
  driver.remove_phone("bert");
  driver.remove_phone("nobody");
  loop.run();

  CHECK(desk.devices == Lines{"anna went", "bert came", "anna came", "bert went"});
}

TEST_CASE("a removed phone keeps its call and cannot be dialled") {
  World world;
  world.driver.set_phone("bert", {});
  const auto leg = world.driver.dial("sim:bert", world.phone, {});
  world.loop.run();

  world.driver.remove_phone("bert");
  Told again;
  const auto second_leg = world.driver.dial("sim:bert", again, {});
  world.loop.run();

  CHECK(world.phone.all == Lines{"ringing", "answered"});
  CHECK(again.all == Lines{"hung up not_found"});
}

TEST_CASE("the call ends when the behavior returns") {
  World world;

  SimParty anna = world.call([](SimParty party) -> Task<> { co_await party.wait(3s); });
  world.loop.run();

  CHECK_FALSE(anna.live());
  CHECK(world.desk.told().all == Lines{"hung up normal"});
  CHECK(world.loop.now() == world.second(3));
}

TEST_CASE("what a behavior fails with ends the loop's run, and the call") {
  World world;

  SimParty anna = world.call([](SimParty party) -> Task<> {
    co_await party.wait(1s);
    throw vcsr::Error(vcsr::Error::Code::invalid, "the script is wrong");
  });

  CHECK_THROWS_WITH_AS(world.loop.run(), "the script is wrong", vcsr::Error);
  world.loop.run();
  CHECK(world.desk.told().all == Lines{"hung up normal"});
}

TEST_CASE("a party that vanishes is noticed after 20 seconds") {
  World world;
  SimParty anna = world.call();
  world.loop.run();
  world.desk.leg().answer();
  world.loop.run();

  anna.vanish();
  world.desk.leg().play("welcome", "en");
  world.loop.run_for(19s);
  CHECK_FALSE(anna.live());
  CHECK(world.desk.told().all == Lines{"answered", "played"});
  world.loop.run();

  CHECK(world.desk.told().all == Lines{"answered", "played", "hung up lost"});
  CHECK(anna.heard().empty());
  CHECK(world.loop.now() == world.second(20));
}

TEST_CASE("a vanished party whose leg is hung up is forgotten at once") {
  World world;
  SimParty anna = world.call();
  world.loop.run();
  anna.vanish();

  world.desk.leg().hang_up(Cause::normal);
  world.loop.run();

  CHECK(world.desk.told().all.empty());
  CHECK(world.loop.now() == world.second(0));
}

TEST_CASE("a referred party talks to its target, also when our leg goes") {
  World world;
  Lines bert;
  world.driver.set_phone(
      "bert",
      {.reaction = SimPhone::Reaction::answers, .rings = 2s, .behavior = [&bert](SimParty party) -> Task<> {
         co_await party.connected();
         bert.push_back("connected");
         co_await party.wait(10s);
       }});
  SimParty anna = world.call();
  world.loop.run();
  world.desk.leg().answer();

  world.desk.leg().refer("sim:bert");
  world.loop.run_for(3s);
  world.desk.leg().hang_up(Cause::normal);
  CHECK(world.desk.told().all == Lines{"answered", "referred normal"});
  CHECK(bert == Lines{"connected"});
  CHECK(anna.live());
  world.loop.run();

  CHECK_FALSE(anna.live());
  CHECK(world.loop.now() == world.second(12));
}

TEST_CASE("a party that took our place with another talks to it, also when our legs go") {
  World world;
  SimParty anna = world.call();
  SimParty bert = world.driver.call("sim:bert", "sim:bank", stay);
  world.loop.run();
  world.desk.leg(0).answer();
  world.desk.leg(1).answer();
  world.loop.run();

  world.desk.leg(0).refer(world.desk.leg(1));
  world.desk.leg(1).play(vcsr::Prompt("welcome"), "en");
  world.loop.run();
  CHECK(world.desk.told(0).all == Lines{"answered", "referred normal"});
  CHECK(world.desk.told(1).all == Lines{"answered", "hung up normal"});
  for (Desk::Guest& guest : world.desk.guests) guest.leg.reset();
  anna.press("1");
  bert.press("2");
  world.loop.run();

  CHECK(anna.digits() == "2");
  CHECK(bert.digits() == "1");
  CHECK(bert.heard().empty());
  SUBCASE("until the one leaves") { anna.hang_up(); }
  SUBCASE("until the other leaves") { bert.hang_up(); }
  world.loop.run();
  CHECK_FALSE(anna.live());
  CHECK_FALSE(bert.live());
}

TEST_CASE("a referral that fails leaves the call as it was") {
  World world;
  world.driver.set_phone("bert", {.reaction = SimPhone::Reaction::rejects, .rings = 2s, .behavior = {}});
  SimParty anna = world.call();
  world.loop.run();
  world.desk.leg().answer();

  world.desk.leg().refer("sim:nobody");
  world.loop.run();
  world.desk.leg().refer("sim:bert");
  world.loop.run();

  CHECK(world.desk.told().all == Lines{"answered", "referred not_found", "referred rejected"});
  CHECK(anna.live());
}

TEST_CASE("hanging up while a referral rings stops the target's ringing") {
  World world;
  world.driver.set_phone("bert", {});
  SimParty anna = world.call();
  world.loop.run();

  world.desk.leg().refer("sim:bert");
  world.loop.run_for(1s);
  world.desk.leg().hang_up(Cause::normal);
  world.loop.run();
  const auto leg = world.driver.dial("sim:bert", world.phone, {});
  world.loop.run();

  CHECK(world.phone.all == Lines{"ringing", "answered"});
  CHECK(world.desk.told().all.empty());
}

TEST_CASE("a stopped driver is silent, and its parties are gone") {
  World world;
  Lines seen;
  SimParty anna = world.call([&seen](SimParty party) -> Task<> {
    co_await party.ended();
    seen.push_back("not reached");
  });
  world.loop.run();
  world.desk.leg().answer();

  world.driver.stop();
  world.desk.leg().play("welcome", "en");
  world.loop.run();

  CHECK(world.desk.told().all.empty());
  CHECK_FALSE(anna.live());
  CHECK(anna.cause() == Cause::failed);
  CHECK(seen.empty());
}

TEST_CASE("a driver can be started again after it was stopped") {
  World world;
  world.driver.stop();

  world.driver.start(world.loop, world.desk);
  SimParty anna = world.call();
  world.loop.run();

  CHECK(world.desk.guests.size() == 1);
}

TEST_CASE("parties and legs can be asked after the driver is gone") {
  vcsr::SimLoop loop;
  Desk desk;
  std::optional<vcsr::SimDriver> driver(std::in_place);
  driver->start(loop, desk);
  SimParty anna = driver->call("sim:anna", "sim:bank", stay);
  loop.run();
  desk.leg().answer();
  desk.leg().play("welcome", "en");
  loop.run();

  desk.guests.clear();
  driver.reset();

  CHECK(anna.heard() == Lines{"[welcome]"});
  anna.press("1");
  anna.hang_up();
  CHECK_FALSE(anna.live());
}

TEST_CASE("two runs of a thousand calls are the same, event by event") {
  const auto run = [] {
    World world({.catalog = two_languages()});
    Lines log;
    for (int i = 0; i < 1000; ++i) {
      world.call([&log, i](SimParty party) -> Task<> {
        co_await party.answered();
        co_await party.hears("welcome");
        party.press(std::to_string(i));
        co_await party.wait(1ms * (i * 7919 % 1000));
        log.push_back(std::to_string(i));
      });
    }
    world.loop.run_for(0s);
    for (Desk::Guest& guest : world.desk.guests) {
      guest.leg->answer();
      guest.leg->play("welcome", "zh");
    }
    world.loop.run();
    for (const Desk::Guest& guest : world.desk.guests)
      log.insert(log.end(), guest.told->all.begin(), guest.told->all.end());
    log.push_back(std::to_string(world.loop.steps()));
    return log;
  };

  const Lines first = run();
  const Lines second = run();

  CHECK(first == second);
  CHECK(first.size() > 4000);
}
