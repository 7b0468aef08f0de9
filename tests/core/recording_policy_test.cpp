// SPDX-License-Identifier: Apache-2.0
#include "vcsr/recording_policy.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

RecordingRule rule(std::string name, RecordingMode mode = RecordingMode::all) {
  RecordingRule made;
  made.name = std::move(name);
  made.terms.mode = mode;
  return made;
}

}  // namespace

TEST_CASE("the first rule that fits decides, and says so") {
  RecordingRule vip = rule("vip", RecordingMode::none);
  vip.callers = {"+86138*", "4711"};
  RecordingRule sales = rule("sales", RecordingMode::speech);
  sales.queues = {"sales-*"};
  const RecordingPolicy policy{{vip, sales, rule("")}};
  const auto decided = [&policy](RecordingFacts facts) {
    const RecordingDecision decision = decide(policy, facts);
    return std::string(to_string(decision.terms.mode)) + ": " + decision.reason;
  };

  CHECK(decided({.queue = "sales-north", .caller = "+8613800000001"}) == "none: rule \"vip\"");
  CHECK(decided({.queue = "sales-north", .caller = "008613800000001"}) == "none: rule \"vip\"");
  CHECK(decided({.queue = "sales-north", .caller = "4712"}) == "speech: rule \"sales\"");
  CHECK(decided({.queue = "service", .caller = "4712"}) == "all: rule \"3\"");
  CHECK(decided({.queue = "service", .whole_call = true}) == "none: no rule fits");
}

TEST_CASE("rules tell agents and dialed numbers apart") {
  RecordingRule trainee = rule("trainees");
  trainee.agents = {"20??", "1001", "30*9"};
  trainee.numbers = {"800*"};
  const RecordingPolicy policy{{trainee}};
  const auto recorded = [&policy](const char* agent, const char* number) {
    return decide(policy, {.number = number, .agent = agent}).terms.mode == RecordingMode::all;
  };

  CHECK(recorded("1001", "8000"));
  CHECK(recorded("3009", "8000"));
  CHECK(recorded("3019", "8000"));
  CHECK(!recorded("3018", "8000"));
  CHECK(!recorded("2001", "8000"));
  CHECK(!recorded("1001", "9000"));
}

TEST_CASE("a share of the calls is recorded, and the rule decides for the others too") {
  RecordingRule some = rule("some");
  some.terms.share = 12.5;
  const RecordingPolicy policy{{some, rule("never reached")}};

  CHECK(decide(policy, {.dice = 12.4}).terms.mode == RecordingMode::all);
  const RecordingDecision not_chosen = decide(policy, {.dice = 12.5});
  CHECK(not_chosen.terms.mode == RecordingMode::none);
  CHECK(not_chosen.reason == "rule \"some\": not in the share of 12.5 %");
}
