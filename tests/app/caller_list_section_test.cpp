// SPDX-License-Identifier: Apache-2.0
#include "app/caller_list_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"

namespace vcsr {

TEST_CASE("a list of callers has its entries and what becomes of them") {
  const Config config = parse_config(R"(
[[caller_list]]
name = "nuisance"
cause = "busy"
[[caller_list.entry]]
number = "+44900*"
reason = "expensive"
until = "2027-01-01T00:00:00.000Z"
[[caller_list]]
name = "gold"
kind = "favored"
priority = 3
)",
                                     "bank.toml", "/srv/bank");

  REQUIRE(config.caller_lists.size() == 2);
  CHECK(config.caller_lists[0].cause == Cause::busy);
  REQUIRE(config.caller_lists[0].entries.size() == 1);
  CHECK(config.caller_lists[0].entries[0].number == "+44900*");
  CHECK(config.caller_lists[0].entries[0].until == parse_wall_time("2027-01-01T00:00:00.000Z"));
  CHECK(config.caller_lists[1].kind == CallerListOptions::Kind::favored);
  CHECK(config.caller_lists[1].priority == 3);
}

TEST_CASE("each fault of a list of callers is told by line and key") {
  CHECK(faults_of(R"([[caller_list]]
name = "a"
kind = "black"
priority = 2
[[caller_list.entry]]
number = "anna"
until = "tomorrow"
[[caller_list]]
name = "a"
kind = "favored"
cause = "busy"
)") == "bank.toml:3: caller_list.kind: expected \"blocked\" or \"favored\", got \"black\"\n"
       "bank.toml:4: caller_list.priority: is for lists of kind \"favored\"\n"
       "bank.toml:6: caller_list.entry.number: expected a telephone number such as \"+8613800138000\", what "
       "numbers begin with such as \"+8613800*\", or \"withheld\", got \"anna\"\n"
       "bank.toml:7: caller_list.entry.until: expected a time like 2026-11-22T09:30:00.250Z, got 'tomorrow'\n"
       "bank.toml:9: caller_list.name: \"a\" was given in line 2 already\n"
       "bank.toml:11: caller_list.cause: is for lists of kind \"blocked\"");
}

}  // namespace vcsr
