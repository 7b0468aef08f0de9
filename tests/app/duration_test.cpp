// SPDX-License-Identifier: Apache-2.0
#include "app/duration.hpp"

#include <doctest/doctest.h>

namespace vcsr {

using namespace std::chrono_literals;

TEST_CASE("durations are numbers with a unit") {
  CHECK(parse_duration("500ms") == Duration(500ms));
  CHECK(parse_duration("1.5s") == Duration(1500ms));
  CHECK(parse_duration("2min") == Duration(2min));
  CHECK(parse_duration("1h") == Duration(1h));
  CHECK(parse_duration("0s") == Duration(0));
}

TEST_CASE("anything else is no duration") {
  for (const char* text : {"", "20", "s", "-1s", "20 s", "20sec", "1e3s", "nans", "99999999999h"})
    CHECK_FALSE(parse_duration(text).has_value());
}

}  // namespace vcsr
