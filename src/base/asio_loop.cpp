// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/asio_loop.hpp"

#include <csignal>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/timer_queue.hpp"

namespace vcsr {

namespace asio = boost::asio;
using std::chrono::duration_cast;

/// One handler in the io_context drains every task and due timer, so that a burst of posts
/// costs one wake-up.
class AsioLoop::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::unique_ptr<asio::io_context> own, asio::io_context* context, std::optional<std::uint64_t> seed)
      : own_(std::move(own)),
        context_(context ? *context : *own_),
        timer_(context_),
        signals_(context_),
        random_(seed ? *seed : std::random_device()()) {}

  static Timestamp now() {
    return Timestamp(duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
  }

  void post(Callback task) {
    bool first;
    {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(task));
      first = !std::exchange(scheduled_, true);
    }
    if (first) asio::post(context_, [self = shared_from_this()] { self->drain(); });
  }

  TimerId at(Timestamp when, Callback task) {
    const TimerId id = queue_.at(when, std::move(task));
    if (!draining_) arm();
    return id;
  }

  void drain() {
    draining_ = true;
    // Bounded, so that a busy dialogue cannot keep sockets from being read.
    for (int round = 0; round < 16 && run_due(); ++round) {
    }
    draining_ = false;
    arm();
  }

  void on_signal(Callback on_signal) {
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    signals_.async_wait([on_signal = std::move(on_signal)](boost::system::error_code error, int) {
      if (!error) on_signal();
    });
  }

  void shut() {
    shut_ = true;
    timer_.cancel();
    signals_.cancel();
    collect();
    while (queue_.has_ready()) queue_.take_ready();
  }

  std::unique_ptr<asio::io_context> own_;
  asio::io_context& context_;
  TimerQueue queue_;
  asio::steady_timer timer_;
  asio::signal_set signals_;
  std::mt19937_64 random_;

 private:
  bool run_due() {
    bool any = false;
    collect();
    for (; queue_.has_ready(); any = true) queue_.take_ready()();
    const Timestamp until = now();
    for (auto next = queue_.next(); next && *next <= until; next = queue_.next(), any = true) queue_.take_timer()();
    return any;
  }

  void collect() {
    std::vector<Callback> posted;
    {
      const std::lock_guard lock(mutex_);
      posted.swap(posted_);
      scheduled_ = false;
    }
    for (Callback& task : posted) queue_.push(std::move(task));
  }

  void arm() {
    const auto next = queue_.next();
    if (!next || shut_ || (armed_ && *armed_ <= *next)) return;
    armed_ = *next;
    timer_.expires_at(std::chrono::steady_clock::time_point(next->time_since_epoch()));
    timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
      if (error) return;
      self->armed_.reset();
      self->drain();
    });
  }

  std::mutex mutex_;
  std::vector<Callback> posted_;
  bool scheduled_ = false;
  bool draining_ = false;
  bool shut_ = false;
  std::optional<Timestamp> armed_;
};

AsioLoop::AsioLoop(std::optional<std::uint64_t> seed)
    : impl_(std::make_shared<Impl>(std::make_unique<asio::io_context>(1), nullptr, seed)) {}
AsioLoop::AsioLoop(asio::io_context& context, std::optional<std::uint64_t> seed)
    : impl_(std::make_shared<Impl>(nullptr, &context, seed)) {}
AsioLoop::~AsioLoop() {
  impl_->shut();
  // Handlers in the io_context hold the Impl, which may own it: break the ring.
  const std::unique_ptr<asio::io_context> own = std::move(impl_->own_);
  impl_.reset();
}

void AsioLoop::run() {
  const auto guard = asio::make_work_guard(impl_->context_);
  impl_->context_.restart();
  impl_->context_.run();
}
void AsioLoop::stop() { impl_->context_.stop(); }
void AsioLoop::on_signal(Callback on_signal) { impl_->on_signal(std::move(on_signal)); }
asio::io_context& AsioLoop::context() { return impl_->context_; }

Timestamp AsioLoop::now() const { return Impl::now(); }
WallTime AsioLoop::wall_time() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}
void AsioLoop::post(Callback task) { impl_->post(std::move(task)); }
Loop::TimerId AsioLoop::at(Timestamp when, Callback task) { return impl_->at(when, std::move(task)); }
void AsioLoop::cancel(TimerId timer) { impl_->queue_.cancel(timer); }
std::uint64_t AsioLoop::random() { return impl_->random_(); }

}  // namespace vcsr
