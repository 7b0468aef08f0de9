// SPDX-License-Identifier: Apache-2.0
// An office with an address of either IP version.
#include <doctest/doctest.h>

#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;

namespace {

SipOptions at(const std::string& address, std::uint16_t first) {
  SipOptions options = test::with_ports(first);
  options.address = address;
  return options;
}

SipOptions of_both(const std::string& first = "127.0.0.1", const std::string& second = "::1") {
  SipOptions options = at(first, 14200);
  options.second_address = second;
  options.accounts = {{"1001", Secret("right")}, {"1002", Secret("right")}};
  return options;
}

struct World {
  explicit World(SipOptions options = of_both())
      : bank(clockwork, std::move(options)),
        old(clockwork, at("127.0.0.1", 14400)),
        modern(clockwork, at("::1", 14600)) {}

  std::string bank_at(const std::string& host) const {
    return host + ":" + std::to_string(bank.driver->port());
  }
  /// Both are answered.
  void talk(test::Party& caller, Office& called) {
    REQUIRE(clockwork.run_until([&] { return !called.callers.empty(); }));
    called.caller().leg->answer();
    REQUIRE(
        clockwork.run_until([&] { return caller.heard("answered") && called.caller().heard("answered"); }));
  }

  Clockwork clockwork;
  Office bank, old, modern;
};

}  // namespace

TEST_CASE("an office with both IP versions calls and is called over either") {
  for (const SipOptions& options : {of_both(), of_both("::1", "127.0.0.1")}) {
    World world(options);
    auto to_old = world.bank.dial("sip:1000@" + world.old.host());
    world.talk(*to_old, world.old);
    auto to_modern = world.bank.dial("sip:1000@" + world.modern.host());
    world.talk(*to_modern, world.modern);
    auto from_old = world.old.dial("sip:1000@" + world.bank_at("127.0.0.1"));
    world.talk(*from_old, world.bank);
    auto from_modern = world.modern.dial("sip:2000@" + world.bank_at("[::1]"));
    REQUIRE(world.clockwork.run_until([&] { return world.bank.callers.size() == 2; }));
    world.bank.caller().leg->answer();
    REQUIRE(world.clockwork.run_until([&] { return from_modern->heard("answered"); }));

    // Over what each was told as the other's contact.
    for (auto* caller : {to_old.get(), to_modern.get(), from_old.get(), from_modern.get()})
      caller->leg->hang_up(Cause::normal);
    for (auto* called : {&world.old.caller(), &world.modern.caller(), world.bank.callers[0].get(),
                         world.bank.callers[1].get()})
      CHECK(world.clockwork.run_until([&] { return called->heard("hung up: normal"); }));
  }
}

TEST_CASE("parties of either version hear each other in one call, and who is called hangs up first") {
  World world;
  auto anna = world.bank.dial("sip:1000@" + world.old.host());
  world.talk(*anna, world.old);
  auto boris = world.bank.dial("sip:1000@" + world.modern.host());
  world.talk(*boris, world.modern);
  anna->leg->hear(*boris->leg, true);
  boris->leg->hear(*anna->leg, true);

  world.old.caller().leg->send_digits("4");
  world.modern.caller().leg->send_digits("6");

  CHECK(world.clockwork.run_until([&] { return world.modern.caller().heard("digit 4"); }));
  CHECK(world.clockwork.run_until([&] { return world.old.caller().heard("digit 6"); }));
  world.old.caller().leg->hang_up(Cause::normal);
  world.modern.caller().leg->hang_up(Cause::normal);
  CHECK(world.clockwork.run_until(
      [&] { return anna->heard("hung up: normal") && boris->heard("hung up: normal"); }));
}

TEST_CASE("telephones register over either version and are called where they are") {
  Clockwork clockwork;
  Office bank(clockwork, of_both());
  const std::string port = ":" + std::to_string(bank.driver->port());
  SipOptions old = at("127.0.0.1", 14400), modern = at("::1", 14600);
  old.registrations = {{"sip:127.0.0.1" + port, "1001", Secret("right")}};
  modern.registrations = {{"sip:[::1]" + port, "1002", Secret("right")}};
  Office first(clockwork, std::move(old)), second(clockwork, std::move(modern));
  REQUIRE(clockwork.run_until(
      [&] { return bank.driver->registered("1001") && bank.driver->registered("1002"); }));

  auto anna = bank.dial("sip:1001"), boris = bank.dial("sip:1002@[::1]" + port);

  CHECK(clockwork.run_until([&] { return !first.callers.empty() && !second.callers.empty(); }));
  anna->leg->hang_up(Cause::normal);
  boris->leg->hang_up(Cause::normal);
}

TEST_CASE("an office with both versions registers with a registrar of either") {
  SipOptions registrar = at("::1", 14600);
  registrar.accounts = {{"bank", Secret("right")}};
  Clockwork clockwork;
  Office modern(clockwork, std::move(registrar));
  SipOptions options = of_both();
  options.registrations = {{"sip:" + modern.host(), "bank", Secret("right")}};
  Office bank(clockwork, std::move(options));
  REQUIRE(clockwork.run_until([&] { return modern.driver->registered("bank"); }));

  auto anna = modern.dial("sip:bank");

  CHECK(clockwork.run_until([&] { return !bank.callers.empty(); }));
  anna->leg->hang_up(Cause::normal);
}
