// SPDX-License-Identifier: Apache-2.0
// Optional, and the only public header that includes Boost.Asio: for programs that are written in
// Asio's coroutines and run an AsioLoop on their io_context.
#pragma once

#include <exception>
#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/task.hpp"

// Boost before 1.77 has no coroutines for Clang.
#if defined(BOOST_ASIO_HAS_CO_AWAIT)

namespace vcsr {

namespace detail {

template <class T>
struct Awaited {
  using Held = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
  std::optional<Held> value;
  std::exception_ptr error;
};

template <class T>
Task<> await_for_asio(Task<T> task, Awaited<T>& awaited, boost::asio::steady_timer& done) {
  try {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(task);
      awaited.value.emplace();
    } else {
      T value = co_await std::move(task);
      awaited.value.emplace(std::move(value));
    }
  } catch (...) {
    awaited.error = std::current_exception();
  }
  done.cancel();
}

}  // namespace detail

/// `co_await vcsr::as_awaitable(loop, std::move(task))` in a coroutine that runs on the io_context
/// of `loop`, which must be an AsioLoop. Returns or throws what the task does; destroying the
/// awaiting coroutine cancels the task; on a context that is not the loop's own that must have
/// happened before the loop is destroyed.
template <class T>
boost::asio::awaitable<T> as_awaitable(Loop& loop, Task<T> task) {
  auto* asio_loop = dynamic_cast<AsioLoop*>(&loop);
  VCSR_ASSERT(asio_loop && "only an AsioLoop runs on an io_context");
  detail::Awaited<T> awaited;
  boost::asio::steady_timer done(asio_loop->context(), boost::asio::steady_timer::time_point::max());
  Task<> waiting = detail::await_for_asio(std::move(task), awaited, done);
  waiting.start();
  if (!waiting.done()) {
    boost::system::error_code cancelled;
    co_await done.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  }
  if (awaited.error) std::rethrow_exception(awaited.error);
  if constexpr (!std::is_void_v<T>) co_return std::move(*awaited.value);
}

}  // namespace vcsr

#endif
