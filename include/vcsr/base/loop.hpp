// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <cstdint>
#include <functional>
#include <string>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// One thread of events with its own clock and random source. Every object of this library
/// belongs to one Loop and is used on its thread only; post() and wall_time() may be called
/// from any thread. A run on a SimLoop is a function of its inputs and seed.
class VCSR_EXPORT Loop {
 public:
  using Callback = std::function<void()>;
  /// Names a timer until it has fired or was cancelled; never 0.
  enum class TimerId : std::uint64_t {};

  virtual ~Loop();

  virtual Timestamp now() const = 0;
  virtual WallTime wall_time() const = 0;

  /// Runs the task on the loop, never inside this call; tasks run in the order they came. What a
  /// task or timer throws leaves the loop's run(), which may be called again for the rest.
  virtual void post(Callback task) = 0;
  /// Runs the task once now() has reached `when`; timers of one instant fire in the order
  /// they were set.
  virtual TimerId at(Timestamp when, Callback task) = 0;
  /// Forgets the timer. One that has fired or was cancelled before is ignored.
  virtual void cancel(TimerId timer) = 0;

  /// 64 random bits of the loop's seeded source; not for keys.
  virtual std::uint64_t random() = 0;

  /// A new id that sorts by the time it was made, within the loop strictly: UUID version 7
  /// (RFC 9562), "019aa9b4-…", 36 characters.
  std::string new_id();

  /// `co_await loop.sleep(5s);`
  auto sleep(Duration duration) { return Sleep(*this, after(duration)); }

 private:
  class Sleep {
   public:
    Sleep(Loop& loop, Timestamp until) : loop_(loop), until_(until) {}
    Sleep(const Sleep&) = delete;
    Sleep& operator=(const Sleep&) = delete;
    ~Sleep() {
      if (waiting_) loop_.cancel(timer_);
    }
    bool await_ready() const { return until_ <= loop_.now(); }
    void await_suspend(std::coroutine_handle<> waiter) {
      waiting_ = true;
      waiter_ = waiter;
      timer_ = loop_.at(until_, [this] {
        waiting_ = false;
        waiter_.resume();
      });
    }
    void await_resume() const noexcept {}

   private:
    Loop& loop_;
    Timestamp until_;
    TimerId timer_{};
    std::coroutine_handle<> waiter_;
    bool waiting_ = false;
  };

  /// The far end of time for a duration that goes beyond it.
  Timestamp after(Duration duration) const {
    const Timestamp start = now();
    return duration < Timestamp::max() - start ? start + duration : Timestamp::max();
  }

  std::uint64_t last_id_ = 0;
};

}  // namespace vcsr
