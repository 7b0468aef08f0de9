// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <optional>

#include "drivers/sim/alarm.hpp"

namespace vcsr {

/// Wakes whoever waits until something becomes different; they look for themselves what did.
/// Waiting costs no memory. Must outlive those who wait, unless they are woken by the time limit.
class Change {
 public:
  explicit Change(Loop& loop) : loop_(loop), wake_(loop) {}

  /// Wakes, from the loop, everybody who waits by then.
  void tell();

  /// `co_await change.next();` at the latest until `limit`.
  auto next(std::optional<Timestamp> limit = {}) { return Wait(*this, limit); }

 private:
  /// A ring of those who wait; the one without a waiter is its beginning.
  struct Link {
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link() { leave(); }

    bool alone() const { return next == this; }
    void leave();
    void enter(Link& ring);

    Link* previous = this;
    Link* next = this;
    std::coroutine_handle<> waiter;
  };

  class Wait {
   public:
    Wait(Change& change, std::optional<Timestamp> limit)
        : change_(change), limit_(limit), alarm_(change.loop_) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter);
    void await_resume() noexcept { alarm_.cancel(); }

   private:
    Change& change_;
    std::optional<Timestamp> limit_;
    Alarm alarm_;
    Link link_;
  };

  void wake();

  Loop& loop_;
  Alarm wake_;
  bool waking_ = false;
  Link waiting_;
};

}  // namespace vcsr
