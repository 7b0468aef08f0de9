// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "vcsr/base/loop.hpp"

namespace vcsr {

/// A Loop in virtual time: when nothing is ready the clock jumps to the next timer. A run is
/// a function of its inputs and its seed, byte for byte. post() may be called from other
/// threads, but what they do is then part of the inputs.
class VCSR_EXPORT SimLoop final : public Loop {
 public:
  /// `begins` is the wall time of virtual second 0.
  explicit SimLoop(std::uint64_t seed = 1, WallTime begins = WallTime(std::chrono::seconds(1'767'225'600)));
  /// What is still to do is forgotten.
  ~SimLoop() override;

  /// Until nothing is left to do. What a task throws leaves run(), run_until() and step(); they may
  /// be called again, for what is left.
  void run();
  /// Until `end`; the clock then reads `end`.
  void run_until(Timestamp end);
  void run_for(Duration duration) { run_until(now() + duration); }
  /// One task or timer; false when there is none.
  bool step();
  /// Tasks and timers run so far.
  std::uint64_t steps() const;

  Timestamp now() const override;
  WallTime wall_time() const override;
  void post(Callback task) override;
  TimerId at(Timestamp when, Callback task) override;
  void cancel(TimerId timer) override;
  std::uint64_t random() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
