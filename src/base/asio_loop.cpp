// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/asio_loop.hpp"

#include <algorithm>
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

namespace {

/// Can let go of what waits in it before it dies.
class OwnContext final : public asio::io_context {
 public:
  OwnContext() : asio::io_context(1) {}
  using asio::io_context::shutdown;
};

}  // namespace

/// One handler in the io_context drains every task and due timer, so that a burst of posts
/// costs one wake-up.
class AsioLoop::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(std::unique_ptr<OwnContext> own, asio::io_context* context, std::optional<std::uint64_t> seed)
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
    if (first) schedule();
  }

  TimerId at(Timestamp when, Callback task) {
    const TimerId id = queue_.at(when, std::move(task));
    if (!draining_) arm();
    return id;
  }

  void drain() {
    const Draining guard(*this);
    // Bounded, so that a busy dialogue cannot keep sockets from being read.
    for (int round = 0; round < 16 && run_due(); ++round) {
    }
  }

  void on_signal(Callback on_signal) {
    on_signal_ = std::move(on_signal);
    if (std::exchange(watches_, true)) return;
    signals_.add(SIGINT);
    signals_.add(SIGTERM);
    watch();
  }

  // What is forgotten may use the loop while it dies: post, set timers and cancel them. Handlers in
  // a context of our own hold this object, so the context lets go of them first.
  void shut() {
    shut_ = true;
    timer_.cancel();
    signals_.cancel();
    on_signal_ = nullptr;
    if (own_) own_->shutdown();
    do {
      queue_.clear();
      collect();
    } while (queue_.has_ready());
  }

  std::unique_ptr<OwnContext> own_;
  asio::io_context& context_;
  TimerQueue queue_;
  asio::steady_timer timer_;
  asio::signal_set signals_;
  std::mt19937_64 random_;

 private:
  /// Leaves the queue in order also when a task throws out of run().
  struct Draining {
    explicit Draining(Impl& impl) : impl(impl) { impl.draining_ = true; }
    ~Draining() {
      impl.draining_ = false;
      if (impl.queue_.has_ready()) impl.schedule();
      impl.arm();
    }
    Impl& impl;
  };

  void schedule() {
    if (shut_) return;
    asio::post(context_, [self = shared_from_this()] { self->drain(); });
  }

  void watch() {
    signals_.async_wait([self = shared_from_this()](boost::system::error_code error, int) {
      if (error || self->shut_) return;
      self->watch();
      const Callback on_signal = self->on_signal_;
      on_signal();
    });
  }

  bool run_due() {
    bool any = false;
    collect();
    for (; queue_.has_ready() && !context_.stopped(); any = true) queue_.take_ready()();
    const Timestamp until = now();
    while (!context_.stopped()) {
      const auto next = queue_.next();
      if (!next || *next > until) break;
      queue_.take_timer()();
      any = true;
    }
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
    // Asio's clock counts nanoseconds, which do not reach to the end of ours.
    armed_ = std::min(*next, now() + std::chrono::hours(24));
    timer_.expires_at(std::chrono::steady_clock::time_point(armed_->time_since_epoch()));
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
  bool watches_ = false;
  Callback on_signal_;
  std::optional<Timestamp> armed_;
};

AsioLoop::AsioLoop(std::optional<std::uint64_t> seed)
    : impl_(std::make_shared<Impl>(std::make_unique<OwnContext>(), nullptr, seed)) {}
AsioLoop::AsioLoop(asio::io_context& context, std::optional<std::uint64_t> seed)
    : impl_(std::make_shared<Impl>(nullptr, &context, seed)) {}
AsioLoop::~AsioLoop() { impl_->shut(); }

// A stop() that comes before run() is not lost: the context is made ready for the next run() when
// one has ended. The guard's end may stop it once more, so that is undone last.
void AsioLoop::run() {
  struct Restart {
    asio::io_context& context;
    ~Restart() { context.restart(); }
  };
  const Restart restart{impl_->context_};
  const auto guard = asio::make_work_guard(impl_->context_);
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
