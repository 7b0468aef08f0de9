// SPDX-License-Identifier: Apache-2.0
#include "vcsr/sim/sim_loop.hpp"

#include <algorithm>
#include <mutex>
#include <random>
#include <utility>

#include "base/timer_queue.hpp"

namespace vcsr {

class SimLoop::Impl {
 public:
  Impl(std::uint64_t seed, WallTime begins) : random(seed), begins(begins) {}

  bool step(Timestamp end) {
    Callback task;
    {
      const std::lock_guard lock(mutex);
      if (queue.has_ready()) task = queue.take_ready();
    }
    if (!task) {
      const auto next = queue.next();
      if (!next || *next > end) return false;
      now = std::max(now, *next);
      task = queue.take_timer();
    }
    ++steps;
    task();
    return true;
  }

  std::mutex mutex;  // of the ready tasks: post() is open to other threads
  TimerQueue queue;
  std::mt19937_64 random;
  WallTime begins;
  Timestamp now{};
  std::uint64_t steps = 0;
};

SimLoop::SimLoop(std::uint64_t seed, WallTime begins) : impl_(std::make_unique<Impl>(seed, begins)) {}
SimLoop::~SimLoop() { impl_->queue.clear(); }

void SimLoop::run() {
  while (step()) {
  }
}

void SimLoop::run_until(Timestamp end) {
  while (impl_->step(end)) {
  }
  impl_->now = std::max(impl_->now, end);
}

bool SimLoop::step() { return impl_->step(Timestamp::max()); }
std::uint64_t SimLoop::steps() const { return impl_->steps; }

Timestamp SimLoop::now() const { return impl_->now; }
WallTime SimLoop::wall_time() const { return impl_->begins + impl_->now.time_since_epoch(); }
void SimLoop::post(Callback task) {
  const std::lock_guard lock(impl_->mutex);
  impl_->queue.push(std::move(task));
}
Loop::TimerId SimLoop::at(Timestamp when, Callback task) {
  return impl_->queue.at(std::max(when, impl_->now), std::move(task));
}
void SimLoop::cancel(TimerId timer) { impl_->queue.cancel(timer); }
std::uint64_t SimLoop::random() { return impl_->random(); }

}  // namespace vcsr
