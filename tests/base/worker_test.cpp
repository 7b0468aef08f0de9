// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/worker.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/sim/sim_loop.hpp"

using vcsr::AsioLoop;
using vcsr::Task;
using vcsr::Worker;
using Notes = std::vector<std::string>;

namespace {

Task<> keep(AsioLoop& loop, Task<int> work, Notes& notes) {
  try {
    const int value = co_await std::move(work);
    notes.push_back(std::to_string(value));
  } catch (const std::exception& error) {
    notes.push_back(error.what());
  }
  loop.stop();
}

}  // namespace

TEST_CASE("a job runs on the worker's thread and its result comes back to the loop's") {
  AsioLoop loop;
  Worker worker(loop);
  Notes notes;
  std::thread::id where;

  Task<> task = keep(loop, worker.run([&where] {
    where = std::this_thread::get_id();
    return 7;
  }),
                     notes);
  task.start();
  loop.run();

  CHECK(notes == Notes{"7"});
  CHECK(where != std::this_thread::get_id());
  CHECK(where != std::thread::id());
}

TEST_CASE("what a job throws is thrown where it is awaited, and the next job runs") {
  AsioLoop loop;
  Worker worker(loop);
  Notes notes;

  Task<> failing = keep(loop, worker.run([]() -> int { throw std::runtime_error("disk full"); }), notes);
  failing.start();
  loop.run();
  Task<> next = keep(loop, worker.run([] { return 8; }), notes);
  next.start();
  loop.run();

  CHECK(notes == Notes{"disk full", "8"});
}

TEST_CASE("jobs run one after the other, and all are finished before the worker dies") {
  AsioLoop loop;
  std::vector<int> order;
  std::optional<Worker> worker(std::in_place, loop);

  for (int i = 0; i < 1000; ++i) worker->submit([&order, i] { order.push_back(i); });
  worker.reset();

  REQUIRE(order.size() == 1000);
  CHECK(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("a job goes on when nobody awaits its result any more, which is then dropped") {
  AsioLoop loop;
  std::promise<void> proceed;
  std::atomic<bool> finished = false;
  Notes notes;
  std::optional<Worker> worker(std::in_place, loop);
  {
    Task<> task = keep(loop, worker->run([&, ready = proceed.get_future().share()] {
      ready.wait();
      finished = true;
      return 1;
    }),
                       notes);
    task.start();
  }

  proceed.set_value();
  worker.reset();
  loop.post([&] { loop.stop(); });
  loop.run();

  CHECK(finished);
  CHECK(notes.empty());
}

TEST_CASE("in a simulation jobs run at once, and their results come by the loop") {
  vcsr::SimLoop loop;
  Worker worker(loop, Worker::Mode::on_loop);
  Notes notes;
  const auto dialogue = [](Worker& worker, Notes& notes) -> Task<> {
    Task<int> number = worker.run([&notes] {
      notes.push_back("job");
      return 3;
    });
    notes.push_back("asked");
    const int value = co_await std::move(number);
    notes.push_back(std::to_string(value));
    Task<> failing = worker.run([] { throw std::runtime_error("no"); });
    try {
      co_await std::move(failing);
    } catch (const std::runtime_error& error) {
      notes.push_back(error.what());
    }
  };
  Task<> task = dialogue(worker, notes);

  task.start();
  CHECK(notes == Notes{"job", "asked"});
  loop.run();

  CHECK(notes == Notes{"job", "asked", "3", "no"});
  CHECK(task.done());
}

TEST_CASE("a result may be one that can only be moved") {
  vcsr::SimLoop loop;
  Worker worker(loop, Worker::Mode::on_loop);
  Task<std::unique_ptr<int>> task = worker.run([] { return std::make_unique<int>(4); });

  task.start();
  loop.run();

  CHECK(*task.result() == 4);
}
