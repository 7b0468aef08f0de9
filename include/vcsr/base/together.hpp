// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "vcsr/base/event.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/base/task.hpp"

namespace vcsr {

namespace detail {

/// void as a value.
template <class T>
using Held = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// Keeps the result of `work` and tells `all` when nothing is missing any more, or what failed.
template <class T>
Task<> keep(Task<T> work, std::optional<Held<T>>& result, int& missing, Event<std::monostate>& all) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(work);
      result.emplace();
    } else {
      T value = co_await std::move(work);
      result.emplace(std::move(value));
    }
    if (--missing == 0) all.set({});
  } catch (...) {
    all.fail(std::current_exception());
  }
}

template <std::size_t Index, class Result, class T>
Task<> report_as(Task<T> work, Event<Result>& done) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(work);
      done.set(Result(std::in_place_index<Index>));
    } else {
      T value = co_await std::move(work);
      done.set(Result(std::in_place_index<Index>, std::move(value)));
    }
  } catch (...) {
    done.fail(std::current_exception());
  }
}

inline Task<> pause(Loop& loop, Duration duration) { co_await loop.sleep(duration); }

}  // namespace detail

/// Whichever ends first; the other is cancelled. The index tells which it was, void counts
/// as std::monostate. What the first throws is thrown.
template <class A, class B>
Task<std::variant<detail::Held<A>, detail::Held<B>>> first_of(Loop& loop, Task<A> a, Task<B> b) {
  using Result = std::variant<detail::Held<A>, detail::Held<B>>;
  Event<Result> first(loop);
  Task<> left = detail::report_as<0, Result>(std::move(a), first);
  Task<> right = detail::report_as<1, Result>(std::move(b), first);
  left.start();
  if (!first.is_set()) right.start();
  Result result = co_await first;
  co_return result;
}

/// Both results; the first exception cancels the other task and is thrown.
template <class A, class B>
Task<std::pair<detail::Held<A>, detail::Held<B>>> both(Loop& loop, Task<A> a, Task<B> b) {
  Event<std::monostate> all(loop);
  int missing = 2;
  std::optional<detail::Held<A>> left;
  std::optional<detail::Held<B>> right;
  Task<> first = detail::keep<A>(std::move(a), left, missing, all);
  Task<> second = detail::keep<B>(std::move(b), right, missing, all);
  first.start();
  if (!all.is_set()) second.start();
  co_await all;
  co_return std::pair<detail::Held<A>, detail::Held<B>>(std::move(*left), std::move(*right));
}

/// Runs the task at most this long; empty when time ran out, and the task is then cancelled.
/// A Task<> gives std::optional<std::monostate>.
template <class T>
Task<std::optional<detail::Held<T>>> within(Loop& loop, Duration limit, Task<T> task) {
  Task<> timer = detail::pause(loop, limit);
  Task<std::variant<detail::Held<T>, std::monostate>> race =
      first_of(loop, std::move(task), std::move(timer));
  std::variant<detail::Held<T>, std::monostate> first = co_await std::move(race);
  std::optional<detail::Held<T>> result;
  if (first.index() == 0) result.emplace(std::move(std::get<0>(first)));
  co_return result;
}

/// Tasks that live no longer than the scope: destroying it cancels them all. A task that
/// throws is handed to `on_error` (Hangup included); without one the exception is dropped.
/// What on_error throws leaves the loop's run(). Belongs to one loop; not destroyed from inside
/// one of its own tasks.
class Scope {
 public:
  using OnError = std::function<void(std::exception_ptr)>;

  explicit Scope(Loop& loop, OnError on_error = {}) : loop_(loop), on_error_(std::move(on_error)) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  /// Runs the task until its first suspension before returning.
  void spawn(Task<> task) {
    auto where = tasks_.emplace(tasks_.end(), std::nullopt);
    where->emplace(run(std::move(task), where));
    (*where)->start();
  }
  /// Cancels them all now. Not from inside one of them.
  void cancel() {
    alive_ = std::make_shared<int>();
    tasks_.clear();
  }
  /// Tasks that have not ended.
  std::size_t size() const { return tasks_.size(); }

 private:
  using Slot = std::list<std::optional<Task<>>>::iterator;

  Task<> run(Task<> task, Slot where) {
    std::exception_ptr error;
    try {
      co_await std::move(task);
    } catch (...) {
      error = std::current_exception();
    }
    loop_.post([this, where, alive = std::weak_ptr<int>(alive_)] {
      if (!alive.expired()) forget(where);
    });
    if (error && on_error_) on_error_(error);
  }

  void forget(Slot where) {
    Task<> ended = std::move(**where);
    tasks_.erase(where);
    ended.result();
  }

  Loop& loop_;
  OnError on_error_;
  std::list<std::optional<Task<>>> tasks_;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace vcsr
