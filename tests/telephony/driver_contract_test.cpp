// SPDX-License-Identifier: Apache-2.0
#include "telephony/driver_contract.hpp"

#include <doctest/doctest.h>

#include "telephony/sim_world.hpp"
#include "telephony/sip_world.hpp"

TEST_CASE("the sim driver keeps the contract") {
  for (const Clause& clause : driver_contract()) {
    SUBCASE(clause.name) {
      SimWorld world;
      clause.check(world);
    }
  }
}

TEST_CASE("the SIP driver keeps the contract") {
  for (const Clause& clause : driver_contract()) {
    SUBCASE(clause.name) {
      SipWorld world;
      clause.check(world);
    }
  }
}
