// SPDX-License-Identifier: Apache-2.0
#include "tools/record_differences.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

using Lines = std::vector<std::string>;

ContactRecord record() {
  ContactRecord record;
  record.id = "c1";
  record.outcome = "served";
  record.talked = 3500ms;
  record.attributes = {{"account", "6222"}};
  record.recordings = {"a.wav"};
  record.legs = {{.number = 1, .role = "customer", .cause = "normal"}};
  return record;
}

}  // namespace

TEST_CASE(
    "a record as the journal tells it differs in nothing, though times of day are taken a moment apart") {
  ContactRecord stored = record();
  stored.began += 400ms;
  stored.legs[0].ended += 10ms;

  CHECK(record_differences(record(), stored).empty());
}

TEST_CASE("every figure and every word that differs is told") {
  ContactRecord stored = record();
  stored.talked += 1us;
  stored.outcome = "abandoned";
  stored.began += 2s;
  stored.attributes["account"] = "6223";
  stored.recordings.clear();
  stored.legs[0].cause = "failed";

  CHECK(record_differences(record(), stored) ==
        Lines{"began: 1970-01-01T00:00:00.000Z by the journal, 1970-01-01T00:00:02.000Z in the store",
              "talked: 3.500000 s by the journal, 3.500001 s in the store",
              R"(outcome: "served" by the journal, "abandoned" in the store)",
              R"(recordings: ["a.wav"] by the journal, [] in the store)",
              R"(attributes: {"account":"6222"} by the journal, {"account":"6223"} in the store)",
              R"(leg 1: cause: "normal" by the journal, "failed" in the store)"});
}

TEST_CASE("a leg that one of the two does not have is told") {
  ContactRecord stored = record();
  stored.legs.clear();

  CHECK(record_differences(record(), stored) == Lines{"legs: 1 by the journal, 0 in the store"});
}
