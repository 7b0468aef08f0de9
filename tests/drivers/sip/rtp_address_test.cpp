// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp_address.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using vcsr::sip::RtpAddress;

TEST_CASE("an address is read and shown in dotted notation") {
  const RtpAddress address = RtpAddress::parse("192.0.2.1", 20000);

  CHECK(address.ip == 0xc0000201);
  CHECK(to_string(address) == "192.0.2.1:20000");
}

TEST_CASE("what is no IPv4 address is refused by name") {
  for (const char* text : {"", "phone.example.com", "::1", "192.0.2", "192.0.2.256"}) {
    const std::string message =
        std::string("RTP: expected an IPv4 address like 192.0.2.1, got '") + text + "'";

    CHECK_THROWS_WITH_AS(RtpAddress::parse(text, 1), message.c_str(), vcsr::Error);
  }
}

TEST_CASE("nobody is at address 0.0.0.0 nor at port 0") {
  CHECK_FALSE(RtpAddress::parse("0.0.0.0", 20000).usable());
  CHECK_FALSE(RtpAddress::parse("192.0.2.1", 0).usable());
  CHECK(RtpAddress::parse("192.0.2.1", 1).usable());
}

TEST_CASE("addresses behind a translator are told from public ones") {
  for (const char* text :
       {"10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.1.1", "100.64.0.1", "127.0.0.1"}) {
    CAPTURE(text);
    CHECK(RtpAddress::parse(text, 1).is_private());
  }
  for (const char* text :
       {"9.255.255.255", "11.0.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "203.0.113.5"}) {
    CAPTURE(text);
    CHECK_FALSE(RtpAddress::parse(text, 1).is_private());
  }
}
