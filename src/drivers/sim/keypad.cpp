// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/keypad.hpp"

namespace vcsr {

namespace {

constexpr Duration key_distance = std::chrono::milliseconds(100);

}  // namespace

Keypad::Keypad(Loop& loop, std::function<void(char)> on_digit, std::function<void()> on_done)
    : loop_(loop), on_digit_(std::move(on_digit)), on_done_(std::move(on_done)), alarm_(loop) {}

void Keypad::press(const std::string& digits) {
  keys_ += digits;
  keys_ += '\0';
  if (busy_) return;
  busy_ = true;
  alarm_.set(loop_.now(), [this] { next(); });
}

void Keypad::clear() {
  alarm_.cancel();
  keys_.clear();
  at_ = 0;
  busy_ = false;
}

// What is told may clear this keypad, so the next key is set before.
void Keypad::next() {
  const char key = keys_[at_++];
  if (at_ < keys_.size()) {
    alarm_.set(key ? loop_.now() + key_distance : loop_.now(), [this] { next(); });
  } else {
    clear();
  }
  if (key) on_digit_(key);
  else if (on_done_) on_done_();
}

}  // namespace vcsr
