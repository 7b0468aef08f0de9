// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include <doctest/doctest.h>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

/// Runs the loop until the condition holds; fails the test when it never does.
inline void run_until(SimLoop& loop, const std::function<bool()>& holds) {
  while (!holds() && loop.step()) {
  }
  REQUIRE(holds());
}

inline void run_until(AsioLoop& loop, const std::function<bool()>& holds) {
  const Timestamp limit = loop.now() + std::chrono::seconds(30);
  std::function<void()> look = [&] {
    if (holds() || loop.now() > limit) loop.stop();
    else loop.at(loop.now() + std::chrono::milliseconds(1), look);
  };
  loop.post(look);
  loop.run();
  REQUIRE(holds());
}

/// What the task returns or throws.
template <class AnyLoop, class T>
T outcome(AnyLoop& loop, Task<T> task) {
  task.start();
  run_until(loop, [&task] { return task.done(); });
  return task.result();
}

}  // namespace vcsr
