// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_address.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using vcsr::sip::RtpAddress;

TEST_CASE("an address is read and shown in dotted notation") {
  const RtpAddress address = RtpAddress::parse("192.0.2.1", 20000);

  CHECK(address.ip == RtpAddress::mapped(0xc0000201));
  CHECK(address.version() == vcsr::sip::IpVersion::v4);
  CHECK(to_string(address) == "192.0.2.1:20000");
}

TEST_CASE("an IPv6 address is read however it is written, and shown in brackets before a port") {
  const RtpAddress address = RtpAddress::parse("2001:DB8:0:0::1", 20000);

  CHECK(address == RtpAddress::parse("2001:db8::1", 20000));
  CHECK(address.ip == RtpAddress::Words{0x20010db8, 0, 0, 1});
  CHECK(address.version() == vcsr::sip::IpVersion::v6);
  CHECK(to_string(address) == "[2001:db8::1]:20000");
  CHECK(host_text(address) == "2001:db8::1");
}

TEST_CASE("an IPv4 address that IPv6 maps is that IPv4 address") {
  CHECK(RtpAddress::parse("::ffff:192.0.2.1", 1) == RtpAddress::parse("192.0.2.1", 1));
}

TEST_CASE("what is no IP address is refused by name") {
  for (const char* text :
       {"", "phone.example.com", "1::2::3", "[::1]", "fe80::1%lo", "192.0.2", "192.0.2.256"}) {
    const std::string message =
        std::string("RTP: expected an IP address like 192.0.2.1 or 2001:db8::1, got '") + text + "'";

    CHECK_THROWS_WITH_AS(RtpAddress::parse(text, 1), message.c_str(), vcsr::Error);
  }
}

TEST_CASE("nobody is at address 0.0.0.0 or :: nor at port 0") {
  CHECK_FALSE(RtpAddress::parse("::", 20000).usable());
  CHECK_FALSE(RtpAddress().usable());
  CHECK(RtpAddress::parse("::1", 20000).usable());
  CHECK_FALSE(RtpAddress::parse("0.0.0.0", 20000).usable());
  CHECK_FALSE(RtpAddress::parse("192.0.2.1", 0).usable());
  CHECK(RtpAddress::parse("192.0.2.1", 1).usable());
}

TEST_CASE("addresses behind a translator are told from public ones") {
  for (const char* text : {"10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.1", "100.64.0.1", "127.0.0.1",
                           "fd12::1", "fe80::1", "::1"}) {
    CAPTURE(text);
    CHECK(RtpAddress::parse(text, 1).is_private());
  }
  for (const char* text : {"9.255.255.255", "11.0.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1",
                           "203.0.113.5", "2001:db8::1", "fe00::1", "::2", "::ffff:8.8.8.8"}) {
    CAPTURE(text);
    CHECK_FALSE(RtpAddress::parse(text, 1).is_private());
  }
}

TEST_CASE("an IPv6 host is near whoever shares its first half, an IPv4 host only itself") {
  const auto at = [](const char* text) { return RtpAddress::parse(text, 1); };

  CHECK(at("2001:db8:1:2::3").near(at("2001:db8:1:2:4:5:6:7")));
  CHECK_FALSE(at("2001:db8:1:2::3").near(at("2001:db8:1:3::3")));
  CHECK_FALSE(at("::1").near(at("::2")));
  CHECK(at("192.0.2.1").near(at("192.0.2.1")));
  CHECK_FALSE(at("192.0.2.1").near(at("192.0.2.2")));
  CHECK_FALSE(at("192.0.2.1").near(at("::1")));
}
