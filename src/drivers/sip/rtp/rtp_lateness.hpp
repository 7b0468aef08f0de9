// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "vcsr/base/time.hpp"

namespace vcsr::sip {

/// How late the media thread woke up, counted in classes a fifth wide. Written by one thread,
/// read by any.
class RtpLateness {
 public:
  void add(Duration late) noexcept;
  /// The upper bound of the class in which the percentile lies.
  Duration percentile(double percent) const noexcept;

 private:
  std::array<std::atomic<std::uint64_t>, 128> classes_{};
};

}  // namespace vcsr::sip
