// SPDX-License-Identifier: Apache-2.0
#include "base/timer_queue.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <vector>

using namespace std::chrono_literals;
using vcsr::Loop;
using vcsr::TimerQueue;
using vcsr::Timestamp;

namespace {

std::vector<int> fire_all(TimerQueue& queue, std::vector<int>& fired) {
  while (queue.next()) queue.take_timer()();
  return fired;
}

}  // namespace

TEST_CASE("timers fire by time, and those of one instant in the order they were set") {
  TimerQueue queue;
  std::vector<int> fired;
  const int times[] = {3, 1, 2, 1, 3, 1};

  for (int i = 0; i < 6; ++i) queue.at(Timestamp(1s * times[i]), [&fired, i] { fired.push_back(i); });

  CHECK(queue.next() == Timestamp(1s));
  CHECK(fire_all(queue, fired) == std::vector<int>{1, 3, 5, 2, 0, 4});
}

TEST_CASE("a cancelled timer does not fire, and its slot's next timer is another one") {
  TimerQueue queue;
  std::vector<int> fired;
  const Loop::TimerId first = queue.at(Timestamp(1s), [&fired] { fired.push_back(1); });

  queue.cancel(first);
  const Loop::TimerId second = queue.at(Timestamp(2s), [&fired] { fired.push_back(2); });
  queue.cancel(first);
  queue.cancel(Loop::TimerId{});
  queue.cancel(Loop::TimerId{12345678});

  CHECK(first != second);
  CHECK(first != Loop::TimerId{});
  CHECK(fire_all(queue, fired) == std::vector<int>{2});
  queue.cancel(second);
}

TEST_CASE("any mix of setting and cancelling leaves what a plain list would") {
  std::mt19937 random(7);
  TimerQueue queue;
  struct Row {
    Loop::TimerId id;
    int when;
    bool cancelled = false;
  };
  std::vector<Row> rows;
  std::vector<int> fired;

  for (int i = 0; i < 5000; ++i) {
    const int when = static_cast<int>(random() % 100);
    rows.push_back({queue.at(Timestamp(1s * when), [&fired, i] { fired.push_back(i); }), when});
    for (int cancels = 0; cancels < 2 && random() % 2; ++cancels) {
      Row& row = rows[random() % rows.size()];
      queue.cancel(row.id);
      row.cancelled = true;
    }
  }

  std::vector<int> expected;
  for (int when = 0; when < 100; ++when)
    for (int i = 0; i < 5000; ++i)
      if (!rows[static_cast<std::size_t>(i)].cancelled && rows[static_cast<std::size_t>(i)].when == when)
        expected.push_back(i);
  CHECK(fire_all(queue, fired) == expected);
}

TEST_CASE("what is forgotten may set and cancel timers while it dies") {
  struct Restless {
    TimerQueue& queue;
    Loop::TimerId other{};
    int lives;
    ~Restless() {
      queue.cancel(other);
      if (lives == 0) return;
      auto next = std::make_shared<Restless>(queue, Loop::TimerId{}, lives - 1);
      queue.at(Timestamp(1s), [next] {});
      queue.push([next = std::move(next)] {});
    }
    Restless(TimerQueue& queue, Loop::TimerId other, int lives) : queue(queue), other(other), lives(lives) {}
  };
  TimerQueue queue;
  const Loop::TimerId plain = queue.at(Timestamp(2s), [] {});
  auto restless = std::make_shared<Restless>(queue, plain, 3);
  queue.at(Timestamp(1s), [restless] {});
  queue.push([restless = std::move(restless)] {});

  queue.clear();

  CHECK_FALSE(queue.has_ready());
  CHECK_FALSE(queue.next());
}
