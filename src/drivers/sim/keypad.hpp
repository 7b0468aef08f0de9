// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "drivers/sim/alarm.hpp"

namespace vcsr {

/// Keys pressed one after the other, 100 ms apart.
class Keypad {
 public:
  /// `on_digit` is called for each key, `on_done` once for each press(); both from the loop.
  Keypad(Loop& loop, std::function<void(char)> on_digit, std::function<void()> on_done = {});

  /// After what was pressed before.
  void press(const std::string& digits);
  void clear();

 private:
  void next();

  Loop& loop_;
  std::function<void(char)> on_digit_;
  std::function<void()> on_done_;
  std::string keys_;  ///< a 0 ends what one press() was given
  std::size_t at_ = 0;
  bool busy_ = false;
  Alarm alarm_;
};

}  // namespace vcsr
