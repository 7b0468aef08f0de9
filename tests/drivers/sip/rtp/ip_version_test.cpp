// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/ip_version.hpp"

#include <doctest/doctest.h>

using namespace vcsr::sip;
using namespace std::string_view_literals;

TEST_CASE("addresses are told from names, and their versions from each other") {
  for (const char* text : {"192.0.2.1", "0.0.0.0", "255.255.255.255"})
    CHECK(ip_version(text) == IpVersion::v4);
  for (const char* text : {"::", "::1", "2001:DB8::1", "::ffff:192.0.2.1"})
    CHECK(ip_version(text) == IpVersion::v6);
  for (const auto text :
       {""sv, "localhost"sv, "[::1]"sv, "1::2::3"sv, "fe80::1%eth0"sv, "192.0.2"sv, "cafe"sv, "1.2.3.4.5"sv,
        "1.2.3."sv, ".1.2.3"sv, "256.1.1.1"sv, "1.2.3.0004"sv, "1.2.3.4 "sv, "1.2.3.4\0"sv, "::1\0x"sv}) {
    CAPTURE(text);
    CHECK(!ip_version(text));
  }
}
