// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/two_offices.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;

namespace {

SipOptions at_loopback(std::uint16_t first) {
  SipOptions options = test::with_ports(first);
  options.address = "::1";
  return options;
}

struct World {
  explicit World(SipOptions second = at_loopback(14400))
      : bank(clockwork, at_loopback(14200)), shop(clockwork, std::move(second)) {}

  Clockwork clockwork;
  Office bank, shop;
};

}  // namespace

TEST_CASE("two offices that have IPv6 only talk with each other") {
  World world;
  auto anna = world.bank.dial("sip:1000@" + world.shop.host());
  REQUIRE(world.clockwork.run_until([&] { return !world.shop.callers.empty(); }));
  world.shop.caller().leg->answer();
  REQUIRE(world.clockwork.run_until(
      [&] { return anna->heard("answered") && world.shop.caller().heard("answered"); }));

  anna->leg->send_digits("42");

  CHECK(world.clockwork.run_until([&] { return world.shop.caller().heard("digit 2"); }));
  CHECK(world.bank.driver->statistics().packets_received > 0);
  world.shop.caller().leg->hang_up(Cause::normal);
  CHECK(world.clockwork.run_until([&] { return anna->heard("hung up: normal"); }));
}

TEST_CASE("whoever has the other version only cannot be called") {
  Clockwork clockwork;
  Office bank(clockwork, at_loopback(14200)), shop(clockwork, test::with_ports(14400));

  auto anna = bank.dial("sip:1000@" + shop.host());

  CHECK(clockwork.run_until([&] { return anna->told.size() == 1; }));
  CHECK(anna->told.front().starts_with("hung up: "));
}

TEST_CASE("we register over IPv6, are called there, and are found however the address is written") {
  SipOptions registrar = at_loopback(14400);
  registrar.accounts = {{"1001", Secret("right")}};
  Clockwork clockwork;
  Office shop(clockwork, std::move(registrar));
  SipOptions options = at_loopback(14200);
  options.registrations = {{"sip:" + shop.host(), "1001", Secret("right")}};
  Office bank(clockwork, std::move(options));
  REQUIRE(clockwork.run_until([&] { return shop.driver->registered("1001"); }));

  auto anna = shop.dial("sip:1001@[0:0:0::1]:" + std::to_string(shop.driver->port()));

  CHECK(clockwork.run_until([&] { return !bank.callers.empty(); }));
  anna->leg->hang_up(Cause::normal);
}
