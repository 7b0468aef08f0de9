// SPDX-License-Identifier: Apache-2.0
#include "tools/feel.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

const WallTime now = parse_wall_time("2026-11-22T09:30:00.000Z");

}  // namespace

TEST_CASE("an expression is tried out with facts, whose names may have blanks") {
  FeelRequest request{.expression = "for p in people return p.first name",
                      .input = R"({"people": [{"first name": "Ada"}]})"};

  CHECK(evaluated(request, now) == "[\"Ada\"]");
  request.expression = "today()";
  CHECK(evaluated(request, now) == "2026-11-22");
}

TEST_CASE("why an expression has no result stands behind it, or is an error") {
  FeelRequest request{.expression = "1 + \"a\"", .spec = true};

  CHECK(evaluated(request, now) == "null // line 1, column 3: a number + a string has no result");
  request.spec = false;
  CHECK_THROWS_WITH_AS(evaluated(request, now), "line 1, column 3: a number + a string has no result", Error);
}

TEST_CASE("facts that are no object are refused") {
  const FeelRequest request{.expression = "1", .input = "[1]"};

  CHECK_THROWS_WITH_AS(evaluated(request, now),
                       "--input: expected a JSON object such as {\"age\": 42}, got [1]", Error);
}

}  // namespace vcsr
