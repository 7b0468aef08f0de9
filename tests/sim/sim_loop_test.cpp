// SPDX-License-Identifier: Apache-2.0
#include "vcsr/sim/sim_loop.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "vcsr/base/task.hpp"

using namespace std::chrono_literals;
using vcsr::SimLoop;
using vcsr::Task;
using vcsr::Timestamp;
using Notes = std::vector<std::string>;

TEST_CASE("the clock jumps from timer to timer") {
  SimLoop loop;
  std::vector<Timestamp> fired;

  loop.at(Timestamp(24h), [&] { fired.push_back(loop.now()); });
  loop.at(Timestamp(1s), [&] { fired.push_back(loop.now()); });
  loop.run();

  CHECK(fired == std::vector<Timestamp>{Timestamp(1s), Timestamp(24h)});
  CHECK(loop.now() == Timestamp(24h));
  CHECK(loop.steps() == 2);
}

TEST_CASE("tasks go before timers, each in the order they came") {
  SimLoop loop;
  Notes notes;

  loop.at(Timestamp(0s), [&] { notes.push_back("timer"); });
  loop.post([&] {
    notes.push_back("first");
    loop.post([&] { notes.push_back("third"); });
  });
  loop.post([&] { notes.push_back("second"); });
  loop.run();

  CHECK(notes == Notes{"first", "second", "third", "timer"});
}

TEST_CASE("a timer set for the past fires now, after those of now") {
  SimLoop loop;
  Notes notes;
  loop.run_until(Timestamp(5s));

  loop.at(Timestamp(5s), [&] { notes.push_back("now"); });
  loop.at(Timestamp(1s), [&] { notes.push_back("past"); });
  loop.run();

  CHECK(notes == Notes{"now", "past"});
  CHECK(loop.now() == Timestamp(5s));
}

TEST_CASE("a run until some time includes it and leaves the rest") {
  SimLoop loop;
  Notes notes;
  loop.at(Timestamp(2s), [&] { notes.push_back("two"); });
  loop.at(Timestamp(3s), [&] { notes.push_back("three"); });

  loop.run_until(Timestamp(2s));
  CHECK(notes == Notes{"two"});
  loop.run_for(500ms);
  CHECK(loop.now() == Timestamp(2500ms));
  CHECK(loop.step());
  CHECK_FALSE(loop.step());

  CHECK(notes == Notes{"two", "three"});
}

TEST_CASE("wall time begins where it was told and moves with the clock") {
  SimLoop loop(1, vcsr::parse_wall_time("2026-11-22T09:30:00.000Z"));

  loop.run_for(90s);

  CHECK(vcsr::to_string(loop.wall_time()) == "2026-11-22T09:31:30.000Z");
  CHECK(vcsr::to_string(SimLoop().wall_time()) == "2026-01-01T00:00:00.000Z");
}

TEST_CASE("the seed decides what is random and which ids are made") {
  SimLoop one(7), same(7), other(8);

  const std::string id = one.new_id();
  const std::uint64_t number = one.random();

  CHECK(same.new_id() == id);
  CHECK(same.random() == number);
  CHECK(other.new_id() != id);
  CHECK(other.random() != number);
}

TEST_CASE("what a task throws leaves the run, which can go on afterwards") {
  SimLoop loop;
  Notes notes;
  loop.post([] { throw std::runtime_error("broken"); });
  loop.post([&] { notes.push_back("task"); });
  loop.at(Timestamp(1s), [&] { notes.push_back("timer"); });

  CHECK_THROWS_WITH(loop.run(), "broken");
  CHECK(notes.empty());
  loop.run();

  CHECK(notes == Notes{"task", "timer"});
}

TEST_CASE("sleeping for ever does not overflow the clock") {
  SimLoop loop;
  loop.run_for(1s);
  const auto sleep = [](SimLoop& loop) -> Task<> { co_await loop.sleep(vcsr::Duration::max()); };
  Task<> task = sleep(loop);

  task.start();
  loop.run_for(24h * 365);

  CHECK_FALSE(task.done());
}

TEST_CASE("other threads may post") {
  SimLoop loop;
  int sum = 0;
  std::vector<std::thread> threads;

  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) loop.post([&sum] { ++sum; });
    });
  for (int i = 0; i < 100; ++i) loop.step();
  for (std::thread& thread : threads) thread.join();
  loop.run();

  CHECK(sum == 4000);
}

TEST_CASE("a loop that is destroyed forgets its work, which may use it while it dies") {
  Notes notes;
  std::optional<SimLoop> loop(std::in_place);
  struct Last {
    SimLoop& loop;
    Notes& notes;
    vcsr::Loop::TimerId timer;
    ~Last() {
      loop.cancel(timer);
      loop.post([this_notes = &notes] { this_notes->push_back("never"); });
      notes.push_back("gone");
    }
  };
  const auto timer = loop->at(Timestamp(2s), [&] { notes.push_back("never"); });
  auto last = std::shared_ptr<Last>(new Last{*loop, notes, timer});
  loop->at(Timestamp(1s), [last] {});
  loop->post([last = std::move(last)] {});

  loop.reset();

  CHECK(notes == Notes{"gone"});
}
