// SPDX-License-Identifier: Apache-2.0
#include "app/sip_section.hpp"

#include "app/faults_of.hpp"

namespace vcsr {

TEST_CASE("a second address is an address of the other version, and a fault names its line") {
  struct Case {
    const char* text;
    const char* fault;
  };
  const Case cases[] = {
      {"[sip]\nport = 5070\nsecond_address = \"localhost\"",
       "bank.toml:3: sip.second_address: expected an IP address of this machine such as \"127.0.0.1\" or "
       "\"::1\", got \"localhost\""},
      {"[sip]\nsecond_address = \"fe80::1\"",
       "bank.toml:2: sip.second_address: expected no link-local address, which needs a zone that SIP cannot "
       "tell, got \"fe80::1\""},
      {"[sip]\nsecond_address = \"127.0.0.2\"",
       "bank.toml:2: sip.second_address: expected an IPv6 address, for address is one of IPv4, got "
       "\"127.0.0.2\""},
      {"[sip]\nsecond_address = \"::1\"\naddress = \"::1\"",
       "bank.toml:2: sip.second_address: expected an IPv4 address, for address is one of IPv6, got \"::1\""},
  };

  for (const Case& one : cases) {
    CAPTURE(one.text);
    CHECK(faults_of(one.text) == one.fault);
  }
}

TEST_CASE("both addresses are read, and a fault of the first is told alone") {
  const Config config =
      parse_config("[sip]\naddress = \"::1\"\nsecond_address = \"127.0.0.1\"", "bank.toml", "/srv/bank");

  CHECK(config.sip.address == "::1");
  CHECK(config.sip.second_address == "127.0.0.1");
  CHECK(faults_of("[sip]\naddress = \"nowhere\"\nsecond_address = \"::1\"") ==
        "bank.toml:2: sip.address: expected an IP address of this machine such as \"127.0.0.1\" or \"::1\", "
        "got \"nowhere\"");
}

}  // namespace vcsr
