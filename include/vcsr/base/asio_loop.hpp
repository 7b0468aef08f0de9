// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "vcsr/base/loop.hpp"

namespace boost::asio {
class io_context;
}

namespace vcsr {

/// The Loop of production: Boost.Asio below, the steady clock, a random source seeded by the
/// system unless a seed is given. The thread that calls run() is the loop's thread.
class VCSR_EXPORT AsioLoop final : public Loop {
 public:
  /// With an io_context of its own.
  explicit AsioLoop(std::optional<std::uint64_t> seed = {});
  /// On the program's own io_context, which outlives the loop and is run by one thread;
  /// run() and stop() are then the program's affair. <vcsr/asio.hpp> lets it await Tasks.
  explicit AsioLoop(boost::asio::io_context& context, std::optional<std::uint64_t> seed = {});
  /// What is still to do is forgotten; no other thread may be in post() any more.
  ~AsioLoop() override;

  /// Serves events until stop(); may be called again afterwards, also when a task threw out of it.
  void run();
  /// Ends run() after the task in hand, or the next run() at once. Any thread.
  void stop();

  /// Calls `on_signal` once per SIGINT or SIGTERM, on the loop, instead of an earlier one.
  void on_signal(Callback on_signal);

  boost::asio::io_context& context();

  Timestamp now() const override;
  WallTime wall_time() const override;
  void post(Callback task) override;
  TimerId at(Timestamp when, Callback task) override;
  void cancel(TimerId timer) override;
  std::uint64_t random() override;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace vcsr
