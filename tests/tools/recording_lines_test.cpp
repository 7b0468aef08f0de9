// SPDX-License-Identifier: Apache-2.0
#include "tools/recording_lines.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

ArchivedRecording recording() {
  return {.facts = {.id = "r1",
                    .file = "2026-11-22/c1.wav",
                    .contact = "c1",
                    .from = "sip:1@x",
                    .to = "sip:2@x",
                    .queue = "cards",
                    .began = time_of("2026-11-22T09:30:00.250Z"),
                    .length = 125s},
          .number = 7,
          .bytes = 2'000'058,
          .hold = "lawsuit",
          .notes = {{.at = time_of("2026-11-23"), .by = "anna", .text = "fine"}}};
}

}  // namespace

TEST_CASE("a recording is a line that people can read") {
  CHECK(line_of(recording()) == "2026-11-22T09:30:00.250Z  2:05  sip:1@x  sip:2@x  -  cards  r1  held");
}

TEST_CASE("a recording's page leaves out what nobody knows") {
  CHECK(page_of(recording()) ==
        "recording  r1\nstate      kept\nfile       2026-11-22/c1.wav\nbegan      2026-11-22T09:30:00.250Z\n"
        "length     2:05\nbytes      2000058\nfrom       sip:1@x\nto         sip:2@x\nqueue      cards\n"
        "contact    c1\nhold       lawsuit\nnote       2026-11-23T00:00:00.000Z  anna: fine\n");
}

TEST_CASE("a recording is JSON for programs") {
  const Value json = from_json(json_of(recording()));

  const Value::Map& map = *json.get_if<Value::Map>();
  CHECK(map.at("length") == Value(125.0));
  CHECK(map.at("state") == Value("kept"));
  CHECK(map.at("notes").get_if<Value::List>()->size() == 1);
}

TEST_CASE("a use names what matters of it") {
  const RecordingUse use{
      .at = time_of("2026-11-22"), .by = "anna", .kind = "held", .details = {{"reason", "x"}}};

  CHECK(line_of(use) == "2026-11-22T00:00:00.000Z  held       anna  reason=x");
}

TEST_CASE("times are taken as people write them") {
  CHECK(to_string(time_of("2026-11-22")) == "2026-11-22T00:00:00.000Z");
  CHECK(to_string(time_of("2026-11-22T09:30")) == "2026-11-22T09:30:00.000Z");
  CHECK(to_string(time_of("2026-11-22T09:30:05Z")) == "2026-11-22T09:30:05.000Z");
  CHECK_THROWS_WITH_AS(time_of("yesterday"),
                       "expected a time (UTC) such as 2026-11-22 or 2026-11-22T09:30, got yesterday", Error);
}
