// SPDX-License-Identifier: Apache-2.0
#include "base/facts.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("what an entry holds is read, and what it does not hold is nothing") {
  const Facts facts = {{"from", "anna"}, {"leg", 2}, {"talked", 1.5}, {"held", 2}, {"answered", true}};

  CHECK(text_in(facts, "from") == "anna");
  CHECK(text_in(facts, "leg") == "2");
  CHECK(text_in(facts, "to").empty());
  CHECK(number_in(facts, "leg") == 2);
  CHECK(number_in(facts, "from") == 0);
  CHECK(number_in(facts, "none") == 0);
  CHECK(duration_in(facts, "talked") == 1500ms);
  CHECK(duration_in(facts, "held") == 2s);
  CHECK(duration_in(facts, "none") == 0s);
}

TEST_CASE("a duration written in seconds is the same when it is read") {
  const Facts facts = {{"rang", 2.000001}};

  CHECK(duration_in(facts, "rang") == 2s + 1us);
}
