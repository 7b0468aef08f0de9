// SPDX-License-Identifier: Apache-2.0
// Destroys a dialogue after every number of steps from none to its end. What it proves shows under
// the sanitizers: nothing leaks, and nothing that is dead is touched.
#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "vcsr/base/error.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/sim/sim_loop.hpp"

using namespace std::chrono_literals;
using vcsr::Event;
using vcsr::SimLoop;
using vcsr::Task;

namespace {

/// Counts those that live, on the heap and with a text that is not short.
class Witness {
 public:
  explicit Witness(int& living) : living_(living), text_(std::make_unique<std::string>(64, 'x')) {
    ++living_;
  }
  Witness(const Witness&) = delete;
  ~Witness() {
    text_->append("touched");
    --living_;
  }

 private:
  int& living_;
  std::unique_ptr<std::string> text_;
};

struct Stage {
  SimLoop& loop;
  vcsr::Worker& worker;
  Event<std::string>& digits;
  Event<int>& other;
  int& living;
  int& reached;
};

Task<int> prompt(Stage stage, vcsr::Duration duration) {
  const Witness witness(stage.living);
  co_await stage.loop.sleep(duration);
  co_return 1;
}

Task<std::string> digits(Stage stage) {
  const Witness witness(stage.living);
  std::string text = co_await stage.digits;
  co_return text;
}

Task<> hang_up(Stage stage, vcsr::Duration after) {
  const Witness witness(stage.living);
  co_await stage.loop.sleep(after);
  throw vcsr::Hangup();
}

Task<std::string> look_up(Stage stage) {
  const Witness witness(stage.living);
  Task<std::string> work = stage.worker.run([] { return std::string(64, 'y'); });
  std::string text = co_await std::move(work);
  co_return text;
}

Task<> side_talk(Stage stage) {
  const Witness witness(stage.living);
  vcsr::Scope inner(stage.loop);
  inner.spawn(hang_up(stage, 2s));
  const int one = co_await prompt(stage, 3s);
  stage.reached += one;
}

Task<> ask(Stage stage) {
  const Witness witness(stage.living);
  Task<int> question = prompt(stage, 10s);
  Task<std::string> answer = digits(stage);
  auto first = co_await vcsr::first_of(stage.loop, std::move(question), std::move(answer));
  CHECK(std::get<1>(first) == "1234");
  auto none = co_await vcsr::within(stage.loop, 1s, prompt(stage, 5s));
  CHECK_FALSE(none.has_value());
  auto pair = co_await vcsr::both(stage.loop, look_up(stage), prompt(stage, 1s));
  CHECK(pair.first.size() == 64);
  ++stage.reached;
}

Task<> dialogue(Stage stage) {
  const Witness witness(stage.living);
  vcsr::Scope scope(stage.loop, [](std::exception_ptr) {});
  scope.spawn(side_talk(stage));
  scope.spawn(hang_up(stage, 1s));
  co_await ask(stage);
  try {
    co_await vcsr::both(stage.loop, hang_up(stage, 1s), prompt(stage, 2s));
  } catch (const vcsr::Hangup&) {
    ++stage.reached;
  }
  const int last = co_await stage.other;
  stage.reached += last;
}

/// Runs at most `steps` steps; whether the dialogue ended within them.
bool run(std::uint64_t steps, bool loop_dies_first, int& living, int& reached) {
  std::optional<SimLoop> loop(std::in_place);
  vcsr::Worker worker(*loop, vcsr::Worker::Mode::on_loop);
  Event<std::string> digits(*loop);
  Event<int> other(*loop);
  loop->at(vcsr::Timestamp(4s), [&digits] { digits.set("1234"); });
  loop->at(vcsr::Timestamp(30s), [&other] { other.set(10); });
  std::optional<Task<>> task = dialogue(Stage{*loop, worker, digits, other, living, reached});
  task->start();
  while (steps > 0 && loop->step()) --steps;
  const bool ended = task->done();
  task.reset();
  if (!loop_dies_first) loop->run();
  return ended;
}

}  // namespace

TEST_CASE("a dialogue destroyed after any number of steps leaves nothing behind") {
  for (const bool loop_dies_first : {false, true}) {
    std::uint64_t steps = 0;
    for (bool ended = false; !ended; ++steps) {
      int living = 0, reached = 0;
      ended = run(steps, loop_dies_first, living, reached);
      CHECK(living == 0);
      if (ended) CHECK(reached == 13);
      REQUIRE(steps < 1000);
    }
    CHECK(steps >= 20);
  }
}
