// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/ip_host.hpp"

#include <doctest/doctest.h>

using namespace vcsr::sip;

TEST_CASE("IPv6 addresses and nothing else are put in brackets") {
  CHECK(bracketed("::1") == "[::1]");
  CHECK(bracketed("[::1]") == "[::1]");
  CHECK(bracketed("192.0.2.1") == "192.0.2.1");
  CHECK(unbracketed("[::1]") == "::1");
  CHECK(unbracketed("example.org") == "example.org");
  CHECK(is_address("[::1]"));
  CHECK(is_address("192.0.2.1"));
  CHECK_FALSE(is_address("example.org"));
}

TEST_CASE("a host is the same however it is written") {
  CHECK(same_host("[::1]", "[0:0:0::1]"));
  CHECK(same_host("Example.org", "example.ORG"));
  CHECK_FALSE(same_host("[::1]", "[::2]"));
  CHECK_FALSE(same_host("example.org", "example.com"));
  CHECK_FALSE(same_host("192.0.2.1", "[::ffff:192.0.2.1]"));
}

TEST_CASE("a subscriber of IPv6 is a network, one of IPv4 an address") {
  CHECK(network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
  CHECK(network_of("2001:db8:1:2::") == network_of("2001:db8:1:2:ffff::1"));
  CHECK(network_of("192.0.2.1") == "192.0.2.1");
  CHECK(network_of("example.org") == "example.org");
}

TEST_CASE("an address of one link is known with its zone and without") {
  for (const char* address : {"fe80::1", "fe80::1%eth0", "FEBF::1"}) CHECK(is_link_local(address));
  for (const char* address : {"fd00::1", "::1", "169.254.0.1", "%eth0", ""})
    CHECK_FALSE(is_link_local(address));
}
