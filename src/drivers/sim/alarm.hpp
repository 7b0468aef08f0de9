// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "vcsr/base/loop.hpp"

namespace vcsr {

/// A timer that dies with its owner.
class Alarm {
 public:
  explicit Alarm(Loop& loop) : loop_(loop) {}
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  ~Alarm() { cancel(); }

  void set(Timestamp when, Loop::Callback task) {
    cancel();
    timer_ = loop_.at(when, std::move(task));
  }
  void cancel() { loop_.cancel(std::exchange(timer_, {})); }

 private:
  Loop& loop_;
  Loop::TimerId timer_{};
};

}  // namespace vcsr
