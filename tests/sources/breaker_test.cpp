// SPDX-License-Identifier: Apache-2.0
#include "sources/scripted_source.hpp"
#include "store/journal/until.hpp"
#include "thrown.hpp"
#include "vcsr/base/together.hpp"

using namespace vcsr;
using namespace vcsr::testing;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

struct Broken {
  explicit Broken(std::deque<Outcome> outcomes, Duration thinks = {}) {
    auto script = std::make_unique<ScriptedSource>(loop, std::move(outcomes), thinks);
    asked = script->asked;
    const Log log(loop, {.sink = [this](std::string_view line) { lines.emplace_back(line.substr(13)); }});
    source = with_breaker(loop, std::move(script), {.failures = 2, .rest = 10s}, log);
  }
  SourceAnswer ask() { return outcome(loop, source->ask("q")); }

  SimLoop loop;
  std::vector<std::string> lines;
  std::shared_ptr<std::vector<Timestamp>> asked;
  std::unique_ptr<DataSource> source;
};

}  // namespace

TEST_CASE("a source that fails again and again is left in peace, then tried with one question") {
  Broken broken({Outcome::failed, Outcome::late, Outcome::failed, Outcome::found});

  broken.ask();
  broken.ask();
  const SourceAnswer resting = broken.ask();
  broken.loop.run_for(10s);
  const SourceAnswer probe = broken.ask();
  const SourceAnswer still = broken.ask();
  broken.loop.run_for(10s);
  const SourceAnswer well = broken.ask();
  const SourceAnswer after = broken.ask();

  CHECK(resting.outcome == Outcome::failed);
  CHECK(resting.why == "crm is not asked: it failed 2 times, last with: because");
  CHECK(probe.why == "because");
  CHECK(still.why == "crm is not asked: it failed 3 times, last with: because");
  CHECK(well.found());
  CHECK(after.found());
  CHECK(broken.asked->size() == 5);
  REQUIRE(broken.lines.size() == 2);
  CHECK(broken.lines[0] == "warning sources: a source is not asked for a while source=crm why=because");
  CHECK(broken.lines[1] == "info sources: a source answers again source=crm");
}

TEST_CASE("what was answered, also with a no, counts as well") {
  Broken broken({Outcome::failed, Outcome::refused, Outcome::failed, Outcome::not_found, Outcome::failed});

  for (int i = 0; i < 5; ++i) CHECK(broken.ask().why == "because");

  CHECK(broken.asked->size() == 5);
}

TEST_CASE("while one question tries the source others are not let through, and a dropped one is no answer") {
  Broken broken({Outcome::failed, Outcome::failed, Outcome::found}, 1s);
  broken.ask();
  broken.ask();
  broken.loop.run_for(10s);
  {
    Task<SourceAnswer> probe = broken.source->ask("q");
    probe.start();
    CHECK(broken.ask().why.starts_with("crm is not asked"));
  }

  CHECK(broken.ask().found());
}

TEST_CASE("a breaker that opens before anything failed is refused") {
  SimLoop loop;

  CHECK(thrown(Error::Code::invalid, [&] {
          with_breaker(loop, std::make_unique<ScriptedSource>(loop, std::deque<Outcome>{Outcome::found}),
                       {.failures = 0});
        }) == "source crm: breaker: failures: expected 1 or more, got 0");
}
