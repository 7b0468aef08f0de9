// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_lateness.hpp"

#include <algorithm>
#include <bit>

namespace vcsr::sip {

namespace {

// Four classes to each doubling: 0, 1, 2, 3, 4, 5, 6, 7, 8-9, 10-11, … microseconds.
std::size_t class_of(std::uint32_t microseconds) {
  if (microseconds < 4) return microseconds;
  const auto doubling = static_cast<std::size_t>(std::bit_width(microseconds)) - 3;
  return 4 * doubling + (microseconds >> doubling);
}

std::int64_t bound_of(std::size_t index) {
  if (index < 4) return static_cast<std::int64_t>(index);
  const std::size_t doubling = index / 4 - 1;
  return static_cast<std::int64_t>(((index % 4 + 5) << doubling) - 1);
}

}  // namespace

void RtpLateness::add(Duration late) noexcept {
  const auto microseconds = std::clamp<Duration::rep>(late.count(), 0, UINT32_MAX);
  std::atomic<std::uint64_t>& count = classes_[class_of(static_cast<std::uint32_t>(microseconds))];
  count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

Duration RtpLateness::percentile(double percent) const noexcept {
  std::array<std::uint64_t, 128> counts;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    total += counts[i] = classes_[i].load(std::memory_order_relaxed);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    below += counts[i];
    if (below > 0 && static_cast<double>(below) >= percent / 100 * static_cast<double>(total))
      return Duration(bound_of(i));
  }
  return {};
}

}  // namespace vcsr::sip
