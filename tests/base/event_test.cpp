// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/event.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "vcsr/base/task.hpp"
#include "vcsr/sim/sim_loop.hpp"

using vcsr::Event;
using vcsr::Task;

namespace {

Task<> note(Event<std::string>& event, std::vector<std::string>& notes) {
  try {
    std::string value = co_await event;
    notes.push_back(value);
  } catch (const std::exception& error) {
    notes.push_back(std::string("failed: ") + error.what());
  }
}

}  // namespace

TEST_CASE("who waits for an event is woken by the loop, never inside set()") {
  vcsr::SimLoop loop;
  Event<std::string> event(loop);
  std::vector<std::string> notes;
  Task<> task = note(event, notes);
  task.start();

  event.set("first");
  event.set("second");
  CHECK(notes.empty());
  loop.run();

  CHECK(notes == std::vector<std::string>{"first"});
}

TEST_CASE("an event that came before is not waited for") {
  vcsr::SimLoop loop;
  Event<std::string> event(loop);
  std::vector<std::string> notes;
  event.set("early");

  Task<> task = note(event, notes);
  task.start();

  CHECK(notes == std::vector<std::string>{"early"});
  CHECK(loop.steps() == 0);
}

TEST_CASE("a failed event throws at its waiter, and a later value is ignored") {
  vcsr::SimLoop loop;
  Event<std::string> event(loop);
  std::vector<std::string> notes;
  Task<> task = note(event, notes);
  task.start();

  event.fail(std::make_exception_ptr(std::runtime_error("no line")));
  event.set("late");
  loop.run();

  CHECK(event.is_set());
  CHECK(notes == std::vector<std::string>{"failed: no line"});
}

TEST_CASE("a waiter that is gone is not woken, before or after the event") {
  vcsr::SimLoop loop;
  Event<std::string> event(loop);
  std::vector<std::string> notes;
  std::optional<Task<>> first = note(event, notes);
  first->start();
  first.reset();
  Task<> second = note(event, notes);
  second.start();
  event.set("value");

  { const Task<> cancelled = std::move(second); }
  loop.run();

  CHECK(notes.empty());
  CHECK(loop.steps() == 0);
}

TEST_CASE("an event that dies between set() and waking wakes nobody") {
  vcsr::SimLoop loop;
  std::vector<std::string> notes;
  std::optional<Event<std::string>> event(std::in_place, loop);
  std::optional<Task<>> task = note(*event, notes);
  task->start();
  event->set("value");

  task.reset();
  event.reset();
  loop.run();

  CHECK(notes.empty());
}
