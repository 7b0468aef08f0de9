// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_port.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

TEST_CASE("a host is looked up in one version, and its address comes as URIs have it") {
  CHECK(addresses_of("localhost", IpVersion::v4, false) == std::vector<std::string>{"127.0.0.1"});
  CHECK(addresses_of("::1", IpVersion::v6, false) == std::vector<std::string>{"[::1]"});
  CHECK(addresses_of("::1", IpVersion::v4, true) == std::vector<std::string>{"[::1]"});
  CHECK(addresses_of("::1", IpVersion::v4, false).empty());
  CHECK(addresses_of("127.0.0.1", IpVersion::v6, false).empty());
  CHECK(addresses_of("nobody.invalid", IpVersion::v6, true).empty());
}

TEST_CASE("a free port is found on either version") {
  for (const char* address : {"127.0.0.1", "::1"}) {
    CAPTURE(address);
    const std::uint16_t port = free_sip_port(address, 0);
    CHECK(port != 0);
    CHECK(free_sip_port(address, port) == port);
  }
}

TEST_CASE("an address that is not this machine's is named with the remedy") {
  CHECK_THROWS_WITH_AS(
      free_sip_port("2001:db8::1", 5060),
      "SIP: cannot listen at [2001:db8::1]:5060: Cannot assign requested address; set sip.address "
      "to one of this machine's addresses",
      Error);
}
