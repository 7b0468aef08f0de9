// SPDX-License-Identifier: Apache-2.0
#include "app/live_figures.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// A journal in which contacts come and go.
struct Ground {
  void comes(const char* contact) {
    journal->append(events::contact_queued, contact, {{"queue", "service"}, {"position", 1}});
  }
  void is_answered(const char* contact, double waited) {
    journal->append(events::contact_left_queue, contact,
                    {{"queue", "service"}, {"result", "answered"}, {"waited", waited}});
    loop.run_for(0s);
  }
  void served_within(const char* contact, Duration wait) {
    comes(contact);
    loop.run_for(wait);
    is_answered(contact, std::chrono::duration<double>(wait).count());
  }
  std::size_t answered(const LiveFigures& live) {
    std::size_t sum = 0;
    for (const QueueFigures& one : live.now().queue("service"))
      if (one.begins >= live.first()) sum += one.answered;
    return sum;
  }

  SimLoop loop{1, parse_wall_time("2026-11-20T09:00:00.000Z")};
  std::unique_ptr<Journal> journal = make_memory_journal(loop);
};

}  // namespace

TEST_CASE("key figures begin with what the journal holds from before, and go on live") {
  Ground ground;
  ground.served_within("c1", 10s);

  LiveFigures live(ground.loop, *ground.journal, {});
  ground.loop.run_for(0s);
  CHECK(live.complete());
  CHECK(ground.answered(live) == 1);
  ground.served_within("c2", 30s);

  const QueueFigures figures = live.now().queue_total("service");
  CHECK(figures.answered == 2);
  CHECK(figures.answered_in_time == 1);
}

TEST_CASE("who waits is counted until this moment") {
  Ground ground;
  LiveFigures live(ground.loop, *ground.journal, {});
  ground.comes("c1");
  ground.loop.run_for(90s);

  CHECK(live.now().queue_total("service").waiting_time == 90s);
}

TEST_CASE("days that are over for long are forgotten at midnight, those who wait over it are not") {
  Ground ground;
  LiveFigures live(ground.loop, *ground.journal, {.options = {}, .days = 2});
  ground.served_within("c1", 5s);
  CHECK(live.first() == parse_wall_time("2026-11-19T00:00:00.000Z"));

  ground.loop.run_for(24h);
  CHECK(ground.answered(live) == 1);
  ground.loop.run_for(14h + 30min);
  ground.comes("c2");
  ground.loop.run_for(1h);

  CHECK(live.first() == parse_wall_time("2026-11-21T00:00:00.000Z"));
  CHECK(ground.answered(live) == 0);
  ground.is_answered("c2", 3600);
  CHECK(ground.answered(live) == 1);
  ground.loop.run_for(24h);
  CHECK(ground.answered(live) == 1);
  // One day more than is told stays in the fold, the first contact does not.
  CHECK(live.now().queue_total("service").answered == 1);
}

TEST_CASE("a program that begins in the middle of a long journal reads the last days alone") {
  Ground ground;
  for (int day = 0; day < 10; ++day) {
    ground.served_within("c", 1s);
    ground.loop.run_for(24h);
  }

  LiveFigures live(ground.loop, *ground.journal, {.options = {}, .days = 2});
  ground.loop.run_for(0s);

  CHECK(ground.answered(live) == 1);
  CHECK(live.now().queue_total("service").answered == 2);
}

TEST_CASE("the section of key figures is read, and a queue's service level is its target") {
  const Config config = parse_config(
      "[figures]\ninterval = \"15min\"\nshort_abandon = \"3s\"\ndays = 7\n"
      "[[queue]]\nname = \"service\"\nservice_level = \"10s\"",
      "bank.toml", ".");

  CHECK(config.figures.options.interval == 15min);
  CHECK(config.figures.options.short_abandon == 3s);
  CHECK(config.figures.days == 7);
  CHECK(config.figures.options.targets.at("service") == 10s);
}

TEST_CASE("intervals that do not fill a day are refused") {
  CHECK(
      faults_of("[figures]\ninterval = \"7min\"") ==
      "bank.toml:2: figures.interval: expected a part of a day, such as \"15min\", \"30min\" or \"1h\", got "
      "\"7min\"");
  CHECK(faults_of("[figures]\ndays = 0") ==
        "bank.toml:2: figures.days: expected a whole number from 1 to 31, got 0");
}

}  // namespace vcsr
