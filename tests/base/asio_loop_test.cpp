// SPDX-License-Identifier: Apache-2.0
#include "base/asio_as_built.hpp"

#include "vcsr/base/asio_loop.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <csignal>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "vcsr/base/task.hpp"

using namespace std::chrono_literals;
using vcsr::AsioLoop;
using vcsr::Task;
using Notes = std::vector<std::string>;

namespace {

struct Note {
  explicit Note(Notes& notes) : notes(notes) {}
  Notes& notes;
  ~Note() { notes.push_back("gone"); }
};

Task<> sleep_and_stop(AsioLoop& loop, Notes& notes) {
  co_await loop.sleep(1ms);
  notes.push_back("slept");
  loop.stop();
}

}  // namespace

TEST_CASE("an AsioLoop runs tasks in the order they came and timers by time") {
  AsioLoop loop;
  Notes notes;
  const vcsr::Timestamp start = loop.now();

  loop.at(start + 2ms, [&] {
    notes.push_back("second timer");
    loop.stop();
  });
  loop.at(start + 1ms, [&] { notes.push_back("first timer"); });
  loop.post([&] { notes.push_back("first task"); });
  loop.post([&] { notes.push_back("second task"); });
  CHECK(notes.empty());
  loop.run();

  CHECK(notes == Notes{"first task", "second task", "first timer", "second timer"});
  CHECK(loop.now() >= start + 2ms);
}

TEST_CASE("a cancelled timer of an AsioLoop does not fire, nor does an earlier one hold up a later one") {
  AsioLoop loop;
  Notes notes;

  const auto first = loop.at(loop.now() + 1ms, [&] { notes.push_back("cancelled"); });
  loop.at(loop.now() + 2ms, [&] { loop.stop(); });
  const auto far = loop.at(vcsr::Timestamp::max(), [&] { notes.push_back("never"); });
  loop.cancel(first);
  loop.run();
  loop.cancel(far);

  CHECK(notes.empty());
}

TEST_CASE("a timer that is set for earlier than the one in wait is in time") {
  AsioLoop loop;
  Notes notes;

  loop.at(loop.now() + 1h, [&] { notes.push_back("late"); });
  loop.post([&] { loop.at(loop.now() + 1ms, [&] { loop.stop(); }); });
  loop.run();

  CHECK(notes.empty());
}

TEST_CASE("posts of four threads all arrive, each thread's in order") {
  AsioLoop loop;
  constexpr int count = 5000;
  std::vector<std::vector<int>> seen(4);
  int missing = 4 * count;
  std::vector<std::thread> threads;

  for (std::size_t thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      for (int n = 0; n < count; ++n)
        loop.post([&, thread, n] {
          seen[thread].push_back(n);
          if (--missing == 0) loop.stop();
        });
    });
  loop.run();
  for (std::thread& thread : threads) thread.join();

  for (const std::vector<int>& numbers : seen) {
    REQUIRE(numbers.size() == count);
    CHECK(std::is_sorted(numbers.begin(), numbers.end()));
  }
}

TEST_CASE("stop() ends the run after the task in hand, and the rest comes with the next run") {
  AsioLoop loop;
  Notes notes;
  loop.post([&] {
    loop.stop();
    notes.push_back("first");
  });
  loop.post([&] { notes.push_back("second"); });
  loop.at(loop.now(), [&] {
    notes.push_back("timer");
    loop.stop();
  });

  loop.run();
  CHECK(notes == Notes{"first"});
  loop.run();

  CHECK(notes == Notes{"first", "second", "timer"});
}

TEST_CASE("a stop from another thread before the run is not lost") {
  AsioLoop loop;
  bool ran = false;

  std::thread([&] { loop.stop(); }).join();
  loop.run();
  loop.post([&] {
    ran = true;
    loop.stop();
  });
  CHECK_FALSE(ran);
  loop.run();

  CHECK(ran);
}

TEST_CASE("what a task throws leaves an AsioLoop's run, and the rest comes with the next run") {
  AsioLoop loop;
  Notes notes;
  loop.post([] { throw std::runtime_error("broken task"); });
  loop.post([&] { notes.push_back("task"); });
  loop.at(loop.now(), [] { throw std::runtime_error("broken timer"); });
  loop.at(loop.now() + 1ms, [&] {
    notes.push_back("timer");
    loop.stop();
  });

  CHECK_THROWS_WITH(loop.run(), "broken task");
  CHECK_THROWS_WITH(loop.run(), "broken timer");
  loop.run();

  CHECK(notes == Notes{"task", "timer"});
}

TEST_CASE("a dialogue runs on an AsioLoop") {
  AsioLoop loop;
  Notes notes;
  Task<> task = sleep_and_stop(loop, notes);

  task.start();
  loop.run();

  CHECK(notes == Notes{"slept"});
}

TEST_CASE("an AsioLoop that is destroyed forgets its work, which may use it while it dies") {
  Notes notes;
  struct Last {
    AsioLoop& loop;
    Note note;
    vcsr::Loop::TimerId timer;
    ~Last() {
      loop.cancel(timer);
      loop.post([] {});
    }
  };
  for (const bool ran_before : {false, true}) {
    notes.clear();
    AsioLoop loop;
    if (ran_before) {
      loop.post([&] { loop.stop(); });
      loop.run();
    }
    const auto timer = loop.at(loop.now() + 1h, [] {});
    auto last = std::shared_ptr<Last>(new Last{loop, Note(notes), timer});
    loop.at(loop.now() + 1h, [last] {});
    loop.post([last = std::move(last)] {});
  }

  CHECK(notes == Notes{"gone"});
}

TEST_CASE("an AsioLoop runs on the program's own io_context, beside its work") {
  boost::asio::io_context context(1);
  Notes notes;
  {
    AsioLoop loop(context);
    CHECK(&loop.context() == &context);
    boost::asio::post(context, [&] { notes.push_back("program"); });
    loop.post([&] { notes.push_back("loop"); });
    loop.at(loop.now() + 1ms, [&] { notes.push_back("timer"); });

    context.run();
  }

  CHECK(notes == Notes{"program", "loop", "timer"});
}

TEST_CASE("the program's io_context may live on after the loop, with work of it pending") {
  boost::asio::io_context context(1);
  Notes notes;
  {
    AsioLoop loop(context);
    loop.post([note = std::make_shared<Note>(notes), &notes] { notes.push_back("never"); });
    loop.at(loop.now(), [note = std::make_shared<Note>(notes), &notes] { notes.push_back("never"); });
  }
  CHECK(notes == Notes{"gone", "gone"});

  context.run();

  CHECK(notes == Notes{"gone", "gone"});
}

TEST_CASE("every signal is told on the loop") {
  AsioLoop loop;
  int signals = 0;
  loop.on_signal([&] { FAIL("replaced"); });
  loop.on_signal([&] {
    if (++signals == 2) loop.stop();
    else std::raise(SIGTERM);
  });

  loop.post([] { std::raise(SIGINT); });
  loop.run();

  CHECK(signals == 2);
}

TEST_CASE("ids of a real loop differ and sort by time; a seed decides the random source") {
  AsioLoop loop, one(3), same(3);

  std::string last;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = loop.new_id();
    CHECK(id > last);
    last = id;
  }

  CHECK(one.random() == same.random());
  CHECK(loop.wall_time() > vcsr::parse_wall_time("2024-01-01T00:00:00.000Z"));
}
