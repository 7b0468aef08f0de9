// SPDX-License-Identifier: Apache-2.0
#include "simulation/endurance.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("patience is estimated from those who gave up, and from those who could have and did not") {
  // Kaplan and Meier by hand: of four one gives up at 10 s (3/4 are left), of the three left one is answered
  // at 20 s, of the two left one gives up at 30 s (3/8), the last is answered.
  const Endurance endurance({{10s, true}, {20s, false}, {30s, true}, {40s, false}});

  CHECK(endurance.draw(0s, 0.76) == 10s);
  CHECK(endurance.draw(0s, 0.74) == 30s);
  CHECK(endurance.draw(0s, 0.38) == 30s);
  CHECK(endurance.draw(0s, 0.37) == std::nullopt);
}

TEST_CASE("who has waited is as patient as those who waited as long") {
  const Endurance endurance({{10s, true}, {20s, false}, {30s, true}, {40s, false}});

  CHECK(endurance.draw(20s, 0.51) == 30s);
  CHECK(endurance.draw(20s, 0.49) == std::nullopt);
  CHECK(endurance.draw(30s, 1) == std::nullopt);
}

TEST_CASE("where nobody gave up, nobody does") {
  CHECK(Endurance().draw(0s, 0.5) == std::nullopt);
  CHECK(Endurance({{10s, false}}).draw(0s, 0.01) == std::nullopt);
}
