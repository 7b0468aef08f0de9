// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/base/loop.hpp"

namespace vcsr {

/// A value that will come once, for one waiter: `T value = co_await event;`. set() and fail()
/// may be called from any code of the loop; what comes after the first is ignored. The waiter
/// resumes from the loop, never inside set(). The event outlives its waiter's wait.
template <class T>
class Event {
 public:
  explicit Event(Loop& loop) : loop_(loop) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { forget(); }

  bool is_set() const { return value_.has_value() || error_; }
  void set(T value) {
    if (is_set()) return;
    value_.emplace(std::move(value));
    wake();
  }
  void fail(std::exception_ptr error) {
    if (is_set()) return;
    error_ = std::move(error);
    wake();
  }

  auto operator co_await() noexcept {
    struct Awaiter {
      Event& event;
      bool suspended = false;
      ~Awaiter() {
        if (suspended) event.forget();
      }
      bool await_ready() const noexcept { return event.is_set(); }
      void await_suspend(std::coroutine_handle<> waiter) noexcept {
        VCSR_ASSERT(!event.waiter_ && "an event has one waiter");
        event.waiter_ = waiter;
        suspended = true;
      }
      T await_resume() {
        suspended = false;
        if (event.error_) std::rethrow_exception(event.error_);
        return std::move(*event.value_);
      }
    };
    return Awaiter{*this};
  }

 private:
  void wake() {
    if (!waiter_) return;
    resume_ = loop_.at(loop_.now(), [this] {
      resume_.reset();
      std::exchange(waiter_, {}).resume();
    });
  }
  void forget() {
    waiter_ = {};
    if (resume_) loop_.cancel(*std::exchange(resume_, {}));
  }

  Loop& loop_;
  std::optional<T> value_;
  std::exception_ptr error_;
  std::coroutine_handle<> waiter_;
  std::optional<Loop::TimerId> resume_;
};

}  // namespace vcsr
