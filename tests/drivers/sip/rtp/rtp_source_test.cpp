// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_source.hpp"

#include <doctest/doctest.h>

using vcsr::sip::RtpAddress;
using vcsr::sip::RtpSource;

namespace {

const RtpAddress phone = RtpAddress::parse("203.0.113.5", 4000);
const RtpAddress same_host = RtpAddress::parse("203.0.113.5", 61000);
const RtpAddress stranger = RtpAddress::parse("198.51.100.66", 4000);
const RtpAddress phone_at_home = RtpAddress::parse("192.168.1.20", 4000);
const RtpAddress home_router = RtpAddress::parse("203.0.113.80", 33333);

RtpSource expecting(const RtpAddress& negotiated) {
  RtpSource source;
  source.expect(negotiated);
  return source;
}

int accepted(RtpSource& source, const RtpAddress& from, int packets, std::uint32_t ssrc = 1) {
  int count = 0;
  for (int i = 0; i < packets; ++i) count += source.accept(from, ssrc);
  return count;
}

}  // namespace

TEST_CASE("the negotiated address is heard from its first packet on") {
  RtpSource source = expecting(phone);

  CHECK_FALSE(source.confirmed());
  CHECK(source.accept(phone, 1));
  CHECK(source.confirmed());
  CHECK(source.target() == phone);
}

TEST_CASE("a stranger is never heard where the party has a public address") {
  RtpSource source = expecting(phone);

  CHECK(accepted(source, stranger, 100) == 0);
  CHECK(source.target() == phone);
}

TEST_CASE("a router that changed the port is learned after a few packets in a row") {
  RtpSource source = expecting(phone);

  CHECK(accepted(source, same_host, 10) == 7);
  CHECK(source.target() == same_host);
}

TEST_CASE("a telephone with a private address is found behind its router, once") {
  RtpSource source = expecting(phone_at_home);

  CHECK(accepted(source, home_router, 10) == 7);
  CHECK(accepted(source, stranger, 10) == 0);
  CHECK(source.target() == home_router);
}

TEST_CASE("packets that change their SSRC or their origin prove nothing") {
  RtpSource source = expecting(phone_at_home);

  for (std::uint32_t i = 0; i < 20; ++i) CHECK_FALSE(source.accept(home_router, i));
  for (int i = 0; i < 10; ++i) CHECK_FALSE(source.accept(i % 2 ? home_router : stranger, 1));

  CHECK(source.target() == phone_at_home);
}

TEST_CASE("of an IPv6 telephone another address of its network is learned, and no other") {
  const RtpAddress negotiated = RtpAddress::parse("2001:db8:1:2::10", 4000),
                   temporary = RtpAddress::parse("2001:db8:1:2:a:b:c:d", 4000),
                   elsewhere = RtpAddress::parse("2001:db8:1:3::10", 4000);
  RtpSource source = expecting(negotiated);

  CHECK(accepted(source, elsewhere, 10) == 0);
  CHECK(accepted(source, temporary, 10) == 7);
  CHECK(source.target() == temporary);
}

TEST_CASE("nobody is learned after the first packets") {
  RtpSource source = expecting(phone_at_home);

  for (std::uint32_t i = 0; i < 50; ++i) source.accept(stranger, i);

  CHECK(accepted(source, home_router, 10) == 0);
}

TEST_CASE("nobody is learned once the negotiated address was heard") {
  RtpSource source = expecting(phone_at_home);
  source.accept(phone_at_home, 1);

  CHECK(accepted(source, home_router, 10) == 0);
}

TEST_CASE("the negotiated address takes its place back from who was faster") {
  RtpSource source = expecting(phone_at_home);
  accepted(source, stranger, 10);
  REQUIRE(source.target() == stranger);

  CHECK(source.accept(phone_at_home, 2));

  CHECK(source.target() == phone_at_home);
  CHECK(accepted(source, stranger, 10) == 0);
}

TEST_CASE("what was learned stays when the same address is agreed on again, and goes with another") {
  RtpSource source = expecting(phone_at_home);
  accepted(source, home_router, 4);

  source.expect(phone_at_home);
  CHECK(source.target() == home_router);

  source.expect(phone);
  CHECK(source.target() == phone);
  CHECK_FALSE(source.accept(home_router, 1));
}

TEST_CASE("nobody is learned for a party on hold at 0.0.0.0") {
  RtpSource source = expecting(RtpAddress::parse("0.0.0.0", 4000));

  CHECK(accepted(source, same_host, 10) == 0);
}
