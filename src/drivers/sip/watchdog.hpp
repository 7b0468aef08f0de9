// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/loop.hpp"

namespace vcsr::sip {

/// Looks from the loop whether the thread of the SIP stack still ticks, and tells the log when it has stopped
/// and when it goes on.
class Watchdog {
 public:
  static constexpr Duration patience = std::chrono::seconds(5);

  /// `ticks` have been counted so far; they come several times within `patience`.
  Watchdog(Loop& loop, std::function<std::uint64_t()> ticks, Log log);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Empty while it ticks.
  std::string trouble() const;

 private:
  void look();
  void look_later();

  Loop& loop_;
  const std::function<std::uint64_t()> ticks_;
  const Log log_;
  std::uint64_t seen_;
  Duration silence_{};
  Loop::TimerId timer_{};
};

}  // namespace vcsr::sip
