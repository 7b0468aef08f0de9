// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/nua_clock.hpp"

#include <cstdint>
#include <ctime>

#include <sofia-sip/su_time.h>

// It has the last word on every reading of its clock.
extern "C" void (*_su_time)(su_time_t* time);

namespace vcsr::sip {

namespace {

constexpr std::int64_t second = 1'000'000;

std::int64_t passed() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * second + now.tv_nsec / 1000;
}

/// The time of day when it was first asked, and how long ago that was.
void steady_time(su_time_t* time) {
  static const std::int64_t offset =
      static_cast<std::int64_t>(time->tv_sec) * second + static_cast<std::int64_t>(time->tv_usec) - passed();
  const std::int64_t now = offset + passed();
  time->tv_sec = static_cast<unsigned long>(now / second);
  time->tv_usec = static_cast<unsigned long>(now % second / 1000 * 1000);
}

}  // namespace

void count_steady_milliseconds() { _su_time = steady_time; }

}  // namespace vcsr::sip
