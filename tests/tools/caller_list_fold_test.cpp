// SPDX-License-Identifier: Apache-2.0
#include "tools/caller_list_fold.hpp"

#include <doctest/doctest.h>

#include "thrown.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

namespace vcsr {

namespace {

const WallTime now = parse_wall_time("2026-11-22T09:00:00.000Z");

/// A list with an entry for good and one that the journal tells of.
CallerListFold lists() {
  CallerListFold fold({{.name = "nuisance", .entries = {{.number = "+44 900*", .reason = "fraud"}}}});
  fold.apply(
      {.number = 1,
       .at = now,
       .type = events::caller_listed,
       .subject = "nuisance",
       .data = {
           {"number", "+86138*"}, {"reason", "spam"}, {"by", "wu"}, {"until", "2026-11-23T09:00:00.000Z"}}});
  return fold;
}

}  // namespace

TEST_CASE("what is on a list comes from the configuration and the journal, until it ends") {
  const CallerListFold fold = lists();

  const std::vector<CallerEntry> held = fold.entries("nuisance", now);
  REQUIRE(held.size() == 2);
  CHECK(held[0].number == "+44900*");
  CHECK(held[1].number == "+86138*");
  CHECK(held[1].by == "wu");
  CHECK(held[1].since == now);
  CHECK(fold.entries("nuisance", now + std::chrono::hours(24)).size() == 1);
}

TEST_CASE("a number is put on a list and taken off it by what the journal is told") {
  CallerListFold fold = lists();
  const auto happens = [&fold](const char* type, Facts data) {
    fold.apply({.at = now, .type = type, .subject = "nuisance", .data = std::move(data)});
  };

  const Facts added = fold.add("nuisance", {.number = "0086 139 11", .reason = "rude", .by = "max"}, now);
  CHECK(to_json(added) == R"({"by":"max","number":"+8613911","reason":"rude","until":""})");
  happens(events::caller_listed, added);
  CHECK(fold.entries("nuisance", now).size() == 3);
  happens(events::caller_unlisted, fold.remove("nuisance", "+86 13911", "max", "sorry", now));
  CHECK(fold.entries("nuisance", now).size() == 2);
}

TEST_CASE("what cannot be done to a list is refused in the center's words") {
  const CallerListFold fold = lists();
  using Code = Error::Code;

  CHECK(thrown(Code::not_found, [&] { fold.entries("spam", now); }) ==
        "there is no list of callers 'spam'; there are: nuisance");
  CHECK(thrown(Code::refused, [&] { fold.add("nuisance", {.number = "+44900*"}, now); }) ==
        "+44900* is on list 'nuisance' for good, by the configuration");
  CHECK(thrown(Code::invalid, [&] {
          fold.add("nuisance", {.number = "+8613900000000", .until = now}, now);
        }) == "until: expected a time to come, got 2026-11-22T09:00:00.000Z");
  CHECK(thrown(Code::refused, [&] { fold.remove("nuisance", "+44900*", "max", "", now); }) ==
        "+44900* is on list 'nuisance' for good: take it out of the configuration");
  CHECK(thrown(Code::not_found, [&] { fold.remove("nuisance", "+8613900000000", "max", "", now); }) ==
        "+8613900000000 is not on list 'nuisance'");
}

}  // namespace vcsr
