// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/task.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/sim/sim_loop.hpp"

using vcsr::Task;

namespace {

Task<int> number(int value) { co_return value; }

Task<int> sum(int count) {
  int total = 0;
  for (int i = 0; i < count; ++i) {
    const int one = co_await number(1);
    total += one;
  }
  co_return total;
}

Task<int> nested(int depth) {
  if (depth == 0) co_return 0;
  const int below = co_await nested(depth - 1);
  co_return below + 1;
}

Task<> fail() {
  throw vcsr::Error(vcsr::Error::Code::refused, "no");
  co_return;
}

Task<std::string> recover() {
  std::string caught;
  try {
    co_await fail();
  } catch (const vcsr::Error& error) {
    caught = error.what();
  }
  co_return caught;
}

struct Note {
  std::vector<std::string>& notes;
  std::string text;
  ~Note() { notes.push_back(text); }
};

Task<> inner(vcsr::SimLoop& loop, std::vector<std::string>& notes) {
  const Note note{notes, "inner"};
  co_await loop.sleep(std::chrono::seconds(1));
  notes.push_back("slept");
}

Task<> outer(vcsr::SimLoop& loop, std::vector<std::string>& notes) {
  const Note note{notes, "outer"};
  co_await inner(loop, notes);
}

}  // namespace

TEST_CASE("a task does nothing until it is started") {
  bool ran = false;
  const auto set = [](bool& flag) -> Task<> {
    flag = true;
    co_return;
  };

  Task<> task = set(ran);
  CHECK_FALSE(ran);
  CHECK_FALSE(task.done());
  task.start();

  CHECK(ran);
  CHECK(task.done());
}

TEST_CASE("a task returns its value, also one that can only be moved") {
  const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(7); };
  Task<std::unique_ptr<int>> task = make();

  task.start();

  CHECK(*task.result() == 7);
}

TEST_CASE("an exception reaches whoever awaits the task") {
  Task<std::string> task = recover();
  task.start();
  CHECK(task.result() == "no");

  Task<> failing = fail();
  failing.start();
  CHECK_THROWS_WITH_AS(failing.result(), "no", vcsr::Error);
}

TEST_CASE("a million tasks that end at once do not use up the stack, nor do ten thousand nested ones") {
  Task<int> many = sum(1'000'000);
  Task<int> deep = nested(10'000);

  many.start();
  deep.start();

  CHECK(many.result() == 1'000'000);
  CHECK(deep.result() == 10'000);
}

TEST_CASE("destroying a task cancels what it waits for and unwinds it, innermost first") {
  vcsr::SimLoop loop;
  std::vector<std::string> notes;
  {
    Task<> task = outer(loop, notes);
    task.start();
    CHECK(notes.empty());
  }

  loop.run();

  CHECK(notes == std::vector<std::string>{"inner", "outer"});
  CHECK(loop.steps() == 0);
}

TEST_CASE("a task that is assigned over is cancelled with the other's end") {
  vcsr::SimLoop loop;
  std::vector<std::string> notes;
  Task<> task = outer(loop, notes);
  task.start();
  {
    Task<> other = number(1).done() ? fail() : fail();
    task = std::move(other);
  }

  CHECK(notes == std::vector<std::string>{"inner", "outer"});
}
