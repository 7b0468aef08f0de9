// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <exception>
#include <variant>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/event.hpp"

namespace vcsr {

/// What waits for something on a call, and must hear of it when the call ends instead.
class Waiter {
 public:
  virtual void call_ended() = 0;

 protected:
  ~Waiter() = default;
};

/// The waiters of one call, in no order that matters; they take themselves off.
class Waiters {
 public:
  void add(Waiter& waiter) { waiters_.push_back(&waiter); }
  void remove(Waiter& waiter) { std::erase(waiters_, &waiter); }

  void end() {
    ended_ = true;
    for (Waiter* waiter : waiters_) waiter->call_ended();
  }
  bool ended() const { return ended_; }

 private:
  std::vector<Waiter*> waiters_;
  bool ended_ = false;
};

/// An Event that fails with Hangup once the call has ended.
template <class T>
class Until final : public Event<T>, Waiter {
 public:
  Until(Loop& loop, Waiters& waiters) : Event<T>(loop), waiters_(waiters) {
    waiters_.add(*this);
    if (waiters_.ended()) call_ended();
  }
  ~Until() { waiters_.remove(*this); }

 private:
  void call_ended() override { this->fail(std::make_exception_ptr(Hangup())); }
  Waiters& waiters_;
};

/// An Event that comes when the call has ended.
class UntilEnd final : public Event<std::monostate>, Waiter {
 public:
  UntilEnd(Loop& loop, Waiters& waiters) : Event<std::monostate>(loop), waiters_(waiters) {
    waiters_.add(*this);
    if (waiters_.ended()) call_ended();
  }
  ~UntilEnd() { waiters_.remove(*this); }

 private:
  void call_ended() override { set({}); }
  Waiters& waiters_;
};

}  // namespace vcsr
