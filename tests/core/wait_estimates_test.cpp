// SPDX-License-Identifier: Apache-2.0
#include "core/wait_estimates.hpp"

#include <doctest/doctest.h>

#include "core/world.hpp"

namespace vcsr {

using namespace testing;

namespace {

/// What a center journals of its agents and of the contacts of "a" and "b".
struct History {
  void state(const std::string& agent, const char* before, const char* state, double lasted = 0) {
    waits.apply(events::agent_state, agent, {{"before", before}, {"state", state}, {"lasted", lasted}});
  }
  void ready(const std::string& agent) { state(agent, "not_ready", "ready"); }
  /// One contact from ready to ready again.
  void handle(const std::string& agent, const std::string& queue, double talk, double wrap_up = 0) {
    state(agent, "ready", "reserved");
    waits.apply(events::offer_ended, "c", {{"queue", queue}, {"agent", agent}, {"result", "accepted"}});
    state(agent, "reserved", "busy");
    state(agent, "busy", "wrap_up", talk);
    state(agent, "wrap_up", "ready", wrap_up);
  }
  void wait(const std::string& contact, double estimate, double waited, const char* result = "answered") {
    waits.apply(events::contact_queued, contact, {{"queue", "a"}, {"estimate", estimate}});
    waits.apply(events::contact_left_queue, contact,
                {{"queue", "a"}, {"result", result}, {"waited", waited}});
  }
  double estimate(const std::string& queue, std::size_t ahead) {
    const std::optional<Duration> wait = waits.estimate(queue, ahead);
    return wait ? std::chrono::duration<double>(*wait).count() : -1;
  }

  WaitEstimates waits;
};

}  // namespace

TEST_CASE("the wait of whom j are ahead of is j + 1 handlings, shared by those at work") {
  History history;
  for (const char* agent : {"1", "2"}) {
    history.waits.join(agent, "a");
    history.ready(agent);
  }
  history.handle("1", "a", 100, 20);
  history.state("1", "ready", "busy");
  history.state("2", "ready", "busy");

  CHECK(history.estimate("a", 0) == doctest::Approx(60));
  CHECK(history.estimate("a", 3) == doctest::Approx(240));
}

TEST_CASE("who is ready need not be waited for, and who rests counts for nothing") {
  History history;
  history.waits.expect("a", 100s);
  history.waits.join("1", "a");

  CHECK(history.estimate("a", 0) == -1);
  history.ready("1");
  CHECK(history.estimate("a", 0) == 0);
  CHECK(history.estimate("a", 1) == doctest::Approx(200));
  history.state("1", "ready", "not_ready");
  CHECK(history.estimate("a", 0) == -1);
  history.ready("1");
  history.waits.leave("1", "a");
  CHECK(history.estimate("a", 0) == -1);
}

TEST_CASE("nothing is estimated before anything was measured or expected") {
  History history;
  history.waits.join("1", "a");
  history.state("1", "ready", "busy");

  CHECK(history.estimate("a", 0) == -1);
  CHECK(history.estimate("unknown", 0) == -1);
}

TEST_CASE("the mean of handlings is that of the last 32") {
  History history;
  history.waits.join("1", "a");
  history.ready("1");
  for (int i = 0; i < 32; ++i) history.handle("1", "a", 100);
  for (int i = 0; i < 16; ++i) history.handle("1", "a", 300);
  history.state("1", "ready", "busy");

  CHECK(history.estimate("a", 0) == doctest::Approx(200));
}

TEST_CASE("an agent of several queues counts for each by the share of her work") {
  History history;
  history.waits.join("1", "a");
  history.waits.join("1", "b");
  history.ready("1");
  CHECK(history.waits.agents_at_work("a") == doctest::Approx(0.5));

  for (int i = 0; i < 100; ++i) history.handle("1", "b", 180);

  CHECK(history.waits.agents_at_work("a") < 0.05);
  CHECK(history.waits.agents_at_work("a") + history.waits.agents_at_work("b") == doctest::Approx(1));
}

TEST_CASE("estimates are measured by the waits of those answered") {
  History history;
  history.wait("exact", 100, 100);
  history.wait("close", 119, 100);
  history.wait("short", 50, 100);
  history.wait("gone", 10, 100, "abandoned");

  const WaitEstimates::Accuracy accuracy = history.waits.accuracy("a");
  CHECK(accuracy.estimates == 3);
  CHECK(accuracy.close == 2);
  CHECK(accuracy.off == 69s);
}

TEST_CASE("a caller hears how long she will wait, and the queue knows how well it guessed") {
  CenterOptions options;
  World world(options);
  Queue queue =
      world.center.add_queue({.name = "service", .wrap_up = 0s, .wait = "wait", .handling_time = 120s});
  world.center.serve("8000", [&queue](Call call) -> Task<> {
    co_await call.answer();
    co_await queue.serve(call, Reason("help"));
  });
  world.agent_in(queue, "1001", {.behavior = talks(120s)});

  world.caller("first", stays);
  world.loop.run_for(5s);
  CHECK(queue.estimated_wait() == 120s);
  SimParty second = world.caller("second", stays);
  world.loop.run_for(1s);
  SimParty third = world.caller("third", stays);
  world.loop.run_for(10min);

  REQUIRE_FALSE(second.heard().empty());
  CHECK(second.heard()[0] == "You will wait about two minutes.");
  CHECK(third.heard()[0] == "You will wait about four minutes.");
  CHECK(world.entries(events::contact_queued)[1].data.at("estimate") == Value(120.0));
  const QueueReport report = queue.report();
  CHECK(report.answered == 3);
  CHECK(report.estimates == 2);
  CHECK(report.close_estimates == 2);
  CHECK(report.estimate_error < 10s);
}

}  // namespace vcsr
