// SPDX-License-Identifier: Apache-2.0
#include "sources/scripted_source.hpp"
#include "store/journal/until.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

/// How often a source with these outcomes is asked until it has answered so.
std::pair<Outcome, std::vector<Timestamp>> tried(SimLoop& loop, std::deque<Outcome> outcomes,
                                                 Duration thinks = {}, Duration limit = {}) {
  auto script = std::make_unique<ScriptedSource>(loop, std::move(outcomes), thinks);
  const auto asked = script->asked;
  const auto source = with_retries(loop, std::move(script), {.tries = 4, .pause = 100ms, .longest = 150ms});
  const SourceAnswer answer = outcome(loop, source->ask("q", {}, limit));
  return {answer.outcome, *asked};
}

}  // namespace

TEST_CASE("what failed or was late is asked again after pauses that grow, and what was answered is not") {
  SimLoop loop;

  const auto [third, asked] = tried(loop, {Outcome::failed, Outcome::late, Outcome::found});
  const auto [last, four] = tried(loop, {Outcome::failed});
  const auto [refused, once] = tried(loop, {Outcome::refused});

  CHECK(third == Outcome::found);
  REQUIRE(asked.size() == 3);
  CHECK(asked[1] - asked[0] > 50ms);
  CHECK(asked[1] - asked[0] <= 100ms);
  CHECK(asked[2] - asked[1] > 75ms);
  CHECK(asked[2] - asked[1] <= 150ms);
  CHECK(last == Outcome::failed);
  CHECK(four.size() == 4);
  CHECK(refused == Outcome::refused);
  CHECK(once.size() == 1);
}

TEST_CASE("retries end with the limit of the question") {
  SimLoop loop;
  const Timestamp began = loop.now();

  const auto [answer, asked] = tried(loop, {Outcome::failed}, 200ms, 500ms);

  CHECK(answer == Outcome::failed);
  CHECK(asked.size() == 2);
  CHECK(loop.now() - began <= 500ms);
}

TEST_CASE("retries that cannot be are refused") {
  SimLoop loop;
  const auto refusal = [&loop](RetryOptions options) {
    return thrown(Error::Code::invalid, [&] {
      with_retries(loop, std::make_unique<ScriptedSource>(loop, std::deque<Outcome>{Outcome::found}),
                   options);
    });
  };

  CHECK(refusal({.tries = 0}) == "source crm: retries: tries: expected 1 or more, got 0");
  CHECK(refusal({.pause = 3s, .longest = 1s}) ==
        "source crm: retries: expected a pause that is not longer than the longest");
}
