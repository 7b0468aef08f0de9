// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include <pybind11/pybind11.h>

#include "vcsr/base/task.hpp"

namespace vcsr::python {

namespace py = pybind11;

/// A Python object that may live and die on a thread that does not hold the interpreter: in the frame of
/// a coroutine, in a std::function.
class Held {
 public:
  explicit Held(py::object object) : object_(std::make_shared<Object>(std::move(object))) {}
  /// Only while the interpreter is held.
  const py::object& get() const { return object_->held; }

 private:
  struct Object {
    explicit Object(py::object object) : held(std::move(object)) {}
    ~Object();
    py::object held;
  };
  std::shared_ptr<Object> object_;
};

/// What an awaited operation came to, made into a Python object once the interpreter is held.
using Made = std::function<py::object()>;

/// What `await call.say(…)` awaits: a task of the library that the loop runs.
class Operation {
 public:
  explicit Operation(Task<Made> task) : task_(std::move(task)) {}
  Task<Made> take() { return std::move(task_); }

 private:
  Task<Made> task_;
};

template <class T>
Task<Made> made(Task<T> task) {
  Made result = [] { return py::none(); };
  if constexpr (std::is_void_v<T>) {
    co_await std::move(task);
  } else {
    T value = co_await std::move(task);
    result = [value = std::move(value)] { return py::cast(value); };
  }
  co_return result;
}

template <class T>
std::unique_ptr<Operation> operation(Task<T> task) {
  return std::make_unique<Operation>(made(std::move(task)));
}

/// Runs what calling an `async def` returned, on the loop that runs the task: step by step, without asyncio.
/// Destroying the task closes the Python coroutine, so that its `finally` blocks run.
Task<> run_flow(Held coroutine);

/// Calls a Python `async def` with the argument and runs what it returns.
template <class Argument>
std::function<Task<>(Argument)> flow_of(py::object function) {
  return [held = Held(std::move(function))](Argument argument) {
    const py::gil_scoped_acquire gil;
    return run_flow(Held(held.get()(std::move(argument))));
  };
}

}  // namespace vcsr::python
