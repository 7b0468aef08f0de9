// SPDX-License-Identifier: Apache-2.0
#include "vcsr/telephony/address.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "vcsr/telephony/cause.hpp"

using namespace vcsr;

TEST_CASE("an address knows its scheme and whom it reaches") {
  struct Row {
    const char* uri;
    const char* scheme;
    const char* user;
  };
  const Row rows[] = {
      {"sip:1001@example.org", "sip", "1001"},
      {"sip:1001@example.org;transport=tcp", "sip", "1001"},
      {"sip:1001:secret@example.org", "sip", "1001"},
      {"sip:1001;phone-context=here@example.org", "sip", "1001"},
      {"sip:1001@192.0.2.1:5060?Subject=a@b", "sip", "1001"},
      {"sip:1001", "sip", "1001"},
      {"sip:1001;transport=tcp", "sip", "1001"},
      {"tel:+8613800138000", "tel", "+8613800138000"},
      {"tel:112;phone-context=+86", "tel", "112"},
      {"sim:anna", "sim", "anna"},
      {"sip:@example.org", "sip", ""},
      {"1001", "", ""},
      {"", "", ""},
  };

  for (const Row& row : rows) {
    CAPTURE(row.uri);
    const Address address(row.uri);

    CHECK(address.scheme() == row.scheme);
    CHECK(address.user() == row.user);
  }
}

TEST_CASE("every cause has a name of its own") {
  std::set<std::string> names;

  for (const Cause cause :
       {Cause::normal, Cause::busy, Cause::no_answer, Cause::rejected, Cause::not_found, Cause::unreachable,
        Cause::congestion, Cause::incompatible, Cause::lost, Cause::failed, Cause::answered_elsewhere}) {
    names.insert(to_string(cause));
  }

  CHECK(names.size() == 11);
  CHECK(names.count("no_answer") == 1);
  CHECK(names.count("unknown") == 0);
}
