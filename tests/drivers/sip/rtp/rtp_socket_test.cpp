// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_socket.hpp"

#include <array>
#include <vector>

#include <doctest/doctest.h>

#include "drivers/sip/rtp/rtp_party.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr::sip;
using vcsr::sip::test::own_host_name;

TEST_CASE("ports are even, given out in turn, and not used again at once") {
  RtpPorts ports(own_host_name(), 21101, 21107);

  std::vector<std::uint16_t> given;
  for (int i = 0; i < 4; ++i) given.push_back(ports.bind_next().port);

  CHECK(given == std::vector<std::uint16_t>{21102, 21104, 21106, 21102});
}

TEST_CASE("a port that somebody else uses is passed over") {
  const auto other = RtpSocket::bind(RtpAddress::parse(own_host_name(), 21112));
  REQUIRE(other);
  RtpPorts ports(own_host_name(), 21110, 21114);

  CHECK(ports.bind_next().port == 21110);
  CHECK(ports.bind_next().port == 21114);
  CHECK(ports.bind_next().port == 21110);
}

TEST_CASE("when every port is in use the range is named and the remedy told") {
  RtpPorts ports(own_host_name(), 21120, 21122);
  const auto first = ports.bind_next(), second = ports.bind_next();

  const std::string why = "RTP: every even port from 21120 to 21122 of " + own_host_name() +
                          " is in use; widen the range of RTP ports";
  CHECK_THROWS_WITH_AS(ports.bind_next(), why.c_str(), vcsr::Error);
}

TEST_CASE("a range without an even port is refused") {
  CHECK_THROWS_WITH_AS(RtpPorts(own_host_name(), 21131, 21131),
                       "RTP: expected a range that holds an even port, got 21131 to 21131", vcsr::Error);
  CHECK_THROWS_AS(RtpPorts(own_host_name(), 21140, 21130), vcsr::Error);
  CHECK_THROWS_AS(RtpPorts(own_host_name(), 0, 10), vcsr::Error);
  CHECK_THROWS_AS(RtpPorts(own_host_name(), 65535, 65535), vcsr::Error);
}

TEST_CASE("an address that is not ours is named with the system's words") {
  RtpPorts ports("192.0.2.1", 21150, 21152);

  CHECK_THROWS_WITH_AS(ports.bind_next(), "RTP: cannot open 192.0.2.1:21150: Cannot assign requested address",
                       vcsr::Error);
}

TEST_CASE("over IPv6 datagrams go and come, and once connected only the party's") {
  const RtpAddress host = RtpAddress::parse("::1", 0);
  test::RtpParty party(host), stranger(host);
  RtpPorts ports("::1", 21180, 21198);
  RtpPorts::Bound bound = ports.bind_next();
  std::array<std::uint8_t, 16> buffer;
  RtpAddress from;

  party.send({1}, bound.port);
  REQUIRE(bound.socket.receive(buffer, from));
  CHECK(from == party.address());
  const test::Bytes packet = test::RtpTalk().packet(0, {7});
  CHECK(bound.socket.send(packet, party.address()));
  CHECK(to_string(party.receive().from) == "[::1]:" + std::to_string(bound.port));
  bound.socket.connect(party.address());
  REQUIRE(bound.socket.connected());
  stranger.send({2}, bound.port);
  party.send({3}, bound.port);
  const auto datagram = bound.socket.receive(buffer, from);
  REQUIRE(datagram);
  CHECK((*datagram)[0] == 3);
  bound.socket.disconnect();
  CHECK_FALSE(bound.socket.connected());
}

TEST_CASE("what a stranger sent before the socket belonged to the party still bears the stranger's address") {
  test::RtpParty party, stranger;
  RtpPorts ports(own_host_name(), 21160, 21170);
  RtpPorts::Bound bound = ports.bind_next();
  stranger.send({1}, bound.port);
  party.send({2}, bound.port);
  bound.socket.connect(party.address());
  std::array<std::uint8_t, 16> buffer;
  RtpAddress from;

  REQUIRE(bound.socket.receive(buffer, from));
  CHECK(from == stranger.address());
  REQUIRE(bound.socket.receive(buffer, from));
  CHECK(from == party.address());
  CHECK_FALSE(bound.socket.receive(buffer, from));
  stranger.send({3}, bound.port);
  party.send({4}, bound.port);

  from = {};
  const auto datagram = bound.socket.receive(buffer, from);
  REQUIRE(datagram);
  CHECK((*datagram)[0] == 4);
  CHECK(from == party.address());
}

TEST_CASE("with a second address a port is given out that is free at both") {
  RtpPorts ports("127.0.0.1", 21190, 21196, "::1");
  const auto taken = RtpSocket::bind(RtpAddress::parse("::1", 21190));

  const RtpPorts::Bound bound = ports.bind_next();

  CHECK(bound.port == 21192);
  REQUIRE(bound.second);
  CHECK(bound.second->local() == RtpAddress::parse("::1", 21192));
}
