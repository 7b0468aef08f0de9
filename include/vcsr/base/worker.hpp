// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

#include "vcsr/base/event.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/task.hpp"

namespace vcsr {

/// Runs what may block (a database, a process) away from the loop, one job after another in
/// the order given. In a simulation jobs run at once on the loop itself, so that a run stays
/// a function of its inputs.
class VCSR_EXPORT Worker {
 public:
  enum class Mode { thread, on_loop };  ///< on_loop: jobs run inside run() and submit(), for simulations

  explicit Worker(Loop& loop, Mode mode = Mode::thread);
  /// Finishes the jobs in hand, then joins its thread. Results nobody awaits are dropped.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// What `job` returned or threw. Destroying the task forgets the result, not the job.
  template <class Job>
  Task<std::invoke_result_t<Job>> run(Job job) {
    using Result = std::invoke_result_t<Job>;
    using Held = std::conditional_t<std::is_void_v<Result>, std::monostate, Result>;
    auto done = std::make_shared<Event<Held>>(loop_);
    auto outcome = std::make_shared<std::pair<std::optional<Held>, std::exception_ptr>>();
    auto work = [job = std::move(job), outcome]() mutable {
      try {
        if constexpr (std::is_void_v<Result>) {
          job();
          outcome->first.emplace();
        } else {
          outcome->first.emplace(job());
        }
      } catch (...) {
        outcome->second = std::current_exception();
      }
    };
    auto tell = [weak = std::weak_ptr<Event<Held>>(done), outcome] {
      auto event = weak.lock();
      if (!event) return;
      if (outcome->second) event->fail(outcome->second);
      else event->set(std::move(*outcome->first));
    };
    submit(std::move(work), std::move(tell));
    return wait<Result>(std::move(done));
  }

  /// A job whose end nobody awaits; it must not throw.
  void submit(std::function<void()> job);

 private:
  /// `done` runs on the loop after `job`.
  void submit(std::function<void()> job, std::function<void()> done);

  template <class Result, class Held>
  static Task<Result> wait(std::shared_ptr<Event<Held>> done) {
    if constexpr (std::is_void_v<Result>) {
      co_await *done;
    } else {
      Held value = co_await *done;
      co_return value;
    }
  }

  class Impl;
  Loop& loop_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
