// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/together.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace std::chrono_literals;
using vcsr::SimLoop;
using vcsr::Task;
using Notes = std::vector<std::string>;

namespace {

struct Gone {
  Notes& notes;
  std::string name;
  bool ended = false;
  ~Gone() { notes.push_back(name + (ended ? " ended" : " cancelled")); }
};

Task<int> after(SimLoop& loop, Notes& notes, vcsr::Duration duration, int value) {
  Gone gone{notes, std::to_string(value)};
  co_await loop.sleep(duration);
  gone.ended = true;
  co_return value;
}

Task<> only_wait(SimLoop& loop, vcsr::Duration duration) { co_await loop.sleep(duration); }

Task<int> at_once(int value) { co_return value; }

Task<> fail_after(SimLoop& loop, vcsr::Duration duration) {
  co_await loop.sleep(duration);
  throw vcsr::Hangup();
}

Task<> fail_now() {
  throw std::runtime_error("at once");
  co_return;
}

/// The result, after the loop has run; throws what the task threw.
template <class T>
T finish(SimLoop& loop, Task<T> task) {
  task.start();
  loop.run();
  return task.result();
}

}  // namespace

TEST_CASE("the first of two tasks gives its result, and the other is cancelled") {
  SimLoop loop;
  Notes notes;

  const auto first = finish(loop, vcsr::first_of(loop, after(loop, notes, 2s, 2), after(loop, notes, 1s, 1)));

  REQUIRE(first.index() == 1);
  CHECK(std::get<1>(first) == 1);
  CHECK(notes == Notes{"1 ended", "2 cancelled"});
  CHECK(loop.now() == vcsr::Timestamp(1s));
}

TEST_CASE(
    "of two tasks that end together the left one counts; one that ends at once leaves the other unstarted") {
  SimLoop loop;
  Notes notes;

  const auto tie = finish(loop, vcsr::first_of(loop, after(loop, notes, 1s, 1), only_wait(loop, 1s)));
  CHECK(tie.index() == 0);
  notes.clear();
  const auto now = finish(loop, vcsr::first_of(loop, at_once(5), after(loop, notes, 1s, 1)));

  CHECK(std::get<0>(now) == 5);
  CHECK(notes.empty());
}

TEST_CASE("what the first of two throws is thrown, and the other cancelled") {
  SimLoop loop;
  Notes notes;

  CHECK_THROWS_AS(finish(loop, vcsr::first_of(loop, after(loop, notes, 2s, 2), fail_after(loop, 1s))),
                  vcsr::Hangup);

  CHECK(notes == Notes{"2 cancelled"});
}

TEST_CASE("both gives both results in their places when the later is there") {
  SimLoop loop;
  Notes notes;

  const auto results = finish(loop, vcsr::both(loop, after(loop, notes, 2s, 2), after(loop, notes, 1s, 1)));

  CHECK(results.first == 2);
  CHECK(results.second == 1);
  CHECK(loop.now() == vcsr::Timestamp(2s));
}

TEST_CASE("the first exception of both cancels the other") {
  SimLoop loop;
  Notes notes;

  CHECK_THROWS_AS(finish(loop, vcsr::both(loop, fail_after(loop, 1s), after(loop, notes, 2s, 2))),
                  vcsr::Hangup);
  CHECK(notes == Notes{"2 cancelled"});
  notes.clear();
  CHECK_THROWS_WITH(finish(loop, vcsr::both(loop, fail_now(), after(loop, notes, 2s, 2))), "at once");

  CHECK(notes.empty());
}

TEST_CASE("a time limit ends a task that takes longer, and costs one that does not nothing") {
  SimLoop loop;
  Notes notes;

  CHECK(finish(loop, vcsr::within(loop, 2s, after(loop, notes, 1s, 1))) == 1);
  CHECK(loop.now() == vcsr::Timestamp(1s));
  CHECK_FALSE(finish(loop, vcsr::within(loop, 2s, after(loop, notes, 3s, 3))).has_value());
  CHECK(loop.now() == vcsr::Timestamp(3s));
  CHECK(finish(loop, vcsr::within(loop, 1s, only_wait(loop, 500ms))).has_value());
  CHECK(finish(loop, vcsr::within(loop, vcsr::Duration::max(), only_wait(loop, 1s))).has_value());

  CHECK(notes == Notes{"1 ended", "3 cancelled"});
}

TEST_CASE("a time limit lets exceptions through") {
  SimLoop loop;

  CHECK_THROWS_AS(finish(loop, vcsr::within(loop, 2s, fail_after(loop, 1s))), vcsr::Hangup);
}

TEST_CASE("a scope runs its tasks until they end, and forgets those") {
  SimLoop loop;
  vcsr::Scope scope(loop);

  scope.spawn(only_wait(loop, 1s));
  scope.spawn(only_wait(loop, 2s));
  CHECK(scope.size() == 2);
  loop.run_for(1s);
  CHECK(scope.size() == 1);
  loop.run();

  CHECK(scope.size() == 0);
}

TEST_CASE("destroying a scope cancels its tasks, also those that have just ended") {
  SimLoop loop;
  Notes notes;
  std::optional<vcsr::Scope> scope(std::in_place, loop);
  const auto note = [](SimLoop& loop, Notes& notes, vcsr::Duration duration, int value) -> Task<> {
    const int result = co_await after(loop, notes, duration, value);
    notes.push_back("after " + std::to_string(result));
  };
  scope->spawn(note(loop, notes, 0s, 0));
  scope->spawn(note(loop, notes, 1s, 1));

  scope.reset();
  loop.run();

  CHECK(notes == Notes{"0 ended", "after 0", "1 cancelled"});
}

TEST_CASE("a scope's task may spawn others in it") {
  SimLoop loop;
  vcsr::Scope scope(loop);
  int ended = 0;
  struct Tree {
    static Task<> grow(SimLoop& loop, vcsr::Scope& scope, int& ended, int depth) {
      co_await loop.sleep(1s);
      for (int i = 0; i < 2 && depth > 0; ++i) scope.spawn(grow(loop, scope, ended, depth - 1));
      ++ended;
    }
  };

  scope.spawn(Tree::grow(loop, scope, ended, 5));
  loop.run();

  CHECK(ended == 63);
  CHECK(scope.size() == 0);
}

TEST_CASE("what a scope's task throws is told, Hangup included, and ends no other task") {
  SimLoop loop;
  int told = 0;
  vcsr::Scope scope(loop, [&told](std::exception_ptr) { ++told; });

  scope.spawn(fail_now());
  CHECK(told == 1);
  scope.spawn(fail_after(loop, 1s));
  scope.spawn(only_wait(loop, 2s));
  loop.run();

  CHECK(told == 2);
  CHECK(loop.now() == vcsr::Timestamp(2s));
}

TEST_CASE("what on_error throws leaves the loop's run") {
  SimLoop loop;
  vcsr::Scope scope(loop, [](std::exception_ptr error) { std::rethrow_exception(error); });
  vcsr::Scope silent(loop);

  silent.spawn(fail_now());
  loop.run();
  scope.spawn(fail_now());

  CHECK_THROWS_WITH(loop.run(), "at once");
  CHECK(scope.size() == 0);
}
