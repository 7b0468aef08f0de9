// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/worker.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace vcsr {

class Worker::Impl {
 public:
  Impl() : thread_([this] { serve(); }) {}
  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  void add(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
  }

 private:
  void serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      std::function<void()> job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
      job = nullptr;
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  bool ending_ = false;
  std::thread thread_;
};

Worker::Worker(Loop& loop, Mode mode)
    : loop_(loop), impl_(mode == Mode::thread ? std::make_unique<Impl>() : nullptr) {}
Worker::~Worker() = default;

void Worker::submit(std::function<void()> job) {
  if (impl_) impl_->add(std::move(job));
  else job();
}

void Worker::submit(std::function<void()> job, std::function<void()> done) {
  submit([this, job = std::move(job), done = std::move(done)]() mutable {
    job();
    job = nullptr;
    loop_.post(std::move(done));
  });
}

}  // namespace vcsr
