// SPDX-License-Identifier: Apache-2.0
#include "app/nearest.hpp"

#include <doctest/doctest.h>

namespace vcsr {

TEST_CASE("a slip of the pen finds the name that was meant") {
  const std::vector<std::string> known = {"port", "address", "rtp_first", "max_calls"};

  CHECK(nearest("prot", known) == "port");
  CHECK(nearest("adress", known) == "address");
  CHECK(nearest("rtp-first", known) == "rtp_first");
  CHECK(nearest("max", known) == "max_calls");
}

TEST_CASE("a name that is like no other finds nothing") {
  CHECK(nearest("umbrella", {"port", "address"}) == "");
  CHECK(nearest("ab", {"x", "yz"}) == "");
}

}  // namespace vcsr
