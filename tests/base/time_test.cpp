// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/time.hpp"

#include <doctest/doctest.h>

#include <string>

#include "vcsr/base/error.hpp"

using namespace std::chrono_literals;
using vcsr::parse_wall_time;
using vcsr::to_string;
using vcsr::WallTime;

TEST_CASE("times are written as RFC 3339 has it, cut to milliseconds") {
  CHECK(to_string(WallTime(0s)) == "1970-01-01T00:00:00.000Z");
  CHECK(to_string(WallTime(1'795'339'800'250'999us)) == "2026-11-22T09:30:00.250Z");
  CHECK(to_string(WallTime(-1us)) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("times survive being written and read again") {
  for (const char* text : {"0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2024-02-29T12:00:00.001Z",
                           "2026-11-22T09:30:00.250Z", "9999-12-31T23:59:59.999Z"})
    CHECK(to_string(parse_wall_time(text)) == text);
}

TEST_CASE("a leap second is the next minute's first") {
  CHECK(to_string(parse_wall_time("2016-12-31T23:59:60.500Z")) == "2017-01-01T00:00:00.500Z");
}

TEST_CASE("what is no time is refused with what a time looks like") {
  for (const char* text :
       {"", "now", "2026-11-22", "2026-11-22T09:30:00Z", "2026-11-22 09:30:00.250Z",
        "2026-11-22T09:30:00.250", "2026-11-22T09:30:00.250+01", "2026-11-22T09:30:00.250Zx",
        " 026-11-22T09:30:00.250Z", "+026-11-22T09:30:00.250Z", "2026-1 -22T09:30:00.250Z",
        "2026-13-01T00:00:00.000Z", "2025-02-29T00:00:00.000Z", "2026-11-00T00:00:00.000Z",
        "2026-11-22T24:00:00.000Z", "2026-11-22T09:60:00.000Z", "2026-11-22T09:30:61.000Z"}) {
    const std::string expected =
        "expected a time like 2026-11-22T09:30:00.250Z, got '" + std::string(text) + "'";
    CHECK_THROWS_WITH_AS(parse_wall_time(text), expected.c_str(), vcsr::Error);
  }
}
