// SPDX-License-Identifier: Apache-2.0
#include "base/asio_as_built.hpp"

#include "vcsr/asio.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#if defined(BOOST_ASIO_HAS_CO_AWAIT)

using namespace std::chrono_literals;
namespace asio = boost::asio;
using vcsr::AsioLoop;
using vcsr::Task;
using Notes = std::vector<std::string>;

namespace {

struct Gone {
  Notes& notes;
  ~Gone() { notes.push_back("gone"); }
};

Task<std::unique_ptr<int>> number(AsioLoop& loop, int value, bool wait) {
  if (wait) {
    co_await loop.sleep(1ms);
  }
  co_return std::make_unique<int>(value);
}

Task<> nothing(AsioLoop& loop) { co_await loop.sleep(1ms); }

Task<> fail(AsioLoop& loop) {
  co_await loop.sleep(1ms);
  throw std::runtime_error("no line");
}

Task<> for_ever(AsioLoop& loop, Notes& notes) {
  const Gone gone{notes};
  co_await loop.sleep(1h);
}

asio::awaitable<void> program(AsioLoop& loop, Notes& notes) {
  std::unique_ptr<int> first = co_await vcsr::as_awaitable(loop, number(loop, 1, false));
  notes.push_back(std::to_string(*first));
  std::unique_ptr<int> second = co_await vcsr::as_awaitable(loop, number(loop, 2, true));
  notes.push_back(std::to_string(*second));
  co_await vcsr::as_awaitable(loop, nothing(loop));
  try {
    co_await vcsr::as_awaitable(loop, fail(loop));
  } catch (const std::runtime_error& error) {
    notes.push_back(error.what());
  }
}

asio::awaitable<void> wait_for_ever(AsioLoop& loop, Notes& notes) {
  co_await vcsr::as_awaitable(loop, for_ever(loop, notes));
}

}  // namespace

TEST_CASE("an Asio coroutine awaits tasks: their values, ends and exceptions") {
  asio::io_context context(1);
  AsioLoop loop(context);
  Notes notes;

  asio::co_spawn(context, program(loop, notes), asio::detached);
  context.run();

  CHECK(notes == Notes{"1", "2", "no line"});
}

TEST_CASE("destroying an Asio coroutine cancels the task it awaits") {
  auto context = std::make_unique<asio::io_context>(1);
  auto loop = std::make_unique<AsioLoop>();
  Notes notes;
  asio::co_spawn(loop->context(), wait_for_ever(*loop, notes), asio::detached);
  loop->post([&loop] { loop->stop(); });
  loop->run();
  CHECK(notes.empty());

  loop.reset();

  CHECK(notes == Notes{"gone"});
}

#endif
