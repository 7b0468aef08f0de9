// SPDX-License-Identifier: Apache-2.0
#include "sources/scripted_source.hpp"
#include "store/journal/until.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

struct Cached {
  explicit Cached(std::deque<Outcome> outcomes) {
    auto script = std::make_unique<ScriptedSource>(loop, std::move(outcomes));
    asked = script->asked;
    source = with_cache(loop, std::move(script), {.lasts = 60s, .not_found_lasts = 5s, .most = 2});
  }
  SourceAnswer ask(int account) { return outcome(loop, source->ask("balance", {{"account", account}})); }

  SimLoop loop;
  std::shared_ptr<std::vector<Timestamp>> asked;
  std::unique_ptr<DataSource> source;
};

}  // namespace

TEST_CASE("what was found is not asked again until it is too old, each question by itself") {
  Cached cached({Outcome::found});

  CHECK(cached.ask(1).get("n") == Value(1));
  CHECK(cached.ask(2).get("n") == Value(2));
  CHECK(cached.ask(1).get("n") == Value(1));
  CHECK(cached.ask(1).get("query") == Value(R"(balance{"account":1})"));
  cached.loop.run_for(60s);
  CHECK(cached.ask(1).get("n") == Value(3));
}

TEST_CASE("that there is none is known for a short time, and what failed is not kept") {
  Cached cached({Outcome::failed, Outcome::not_found, Outcome::found});

  CHECK(cached.ask(1).outcome == Outcome::failed);
  CHECK(cached.ask(1).outcome == Outcome::not_found);
  CHECK(cached.ask(1).outcome == Outcome::not_found);
  CHECK(cached.asked->size() == 2);
  cached.loop.run_for(5s);
  CHECK(cached.ask(1).found());
}

TEST_CASE("the answer that was not used longest makes room") {
  Cached cached({Outcome::found});
  cached.ask(1);
  cached.ask(2);
  cached.ask(1);

  cached.ask(3);

  CHECK(cached.ask(1).get("n") == Value(1));
  CHECK(cached.ask(2).get("n") == Value(4));
}

TEST_CASE("a cache without room is refused") {
  SimLoop loop;

  CHECK(thrown(Error::Code::invalid, [&] {
          with_cache(loop, std::make_unique<ScriptedSource>(loop, std::deque<Outcome>{Outcome::found}),
                     {.most = 0});
        }) == "source crm: cache: most: expected 1 or more, got 0");
}
