// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/watchdog.hpp"

#include <utility>

namespace vcsr::sip {

Watchdog::Watchdog(Loop& loop, std::function<std::uint64_t()> ticks, Log log)
    : loop_(loop), ticks_(std::move(ticks)), log_(std::move(log)), seen_(ticks_()) {
  look_later();
}

Watchdog::~Watchdog() { loop_.cancel(timer_); }

void Watchdog::look_later() {
  timer_ = loop_.at(loop_.now() + patience, [this] { look(); });
}

void Watchdog::look() {
  const Duration before = silence_;
  const std::uint64_t ticks = ticks_();
  silence_ = ticks == std::exchange(seen_, ticks) ? silence_ + patience : Duration::zero();
  if (silence_ == patience) log_.error(trouble());
  if (silence_ == Duration::zero() && before > Duration::zero()) log_.warning("the SIP stack goes on");
  look_later();
}

std::string Watchdog::trouble() const {
  if (silence_ == Duration::zero()) return {};
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(silence_).count();
  return "the SIP stack has stood still for " + std::to_string(seconds) +
         " s: no call is made or answered; if it does not go on, restart the program";
}

}  // namespace vcsr::sip
