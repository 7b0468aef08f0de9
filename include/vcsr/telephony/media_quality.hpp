// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "vcsr/base/time.hpp"

namespace vcsr {

/// How well a leg's audio came through.
struct MediaQuality {
  /// One way, seen from where it arrives.
  struct Direction {
    std::uint64_t packets = 0;  ///< that should have come
    std::uint64_t lost = 0;
    Duration jitter{};  ///< RFC 3550 §6.4.1, smoothed
    /// What listeners would say, 1 to 4.4: estimated from the codec, loss, delay and jitter (E-model, ITU-T
    /// G.107, on the scale of narrow calls whatever the codec, for inside audio is no wider).
    double mos = 0;
  };
  Direction heard;                     ///< from the party to us
  std::optional<Direction> sent;       ///< from us to the party, as it reported last
  std::optional<Duration> round_trip;  ///< known once the party answered one of our reports
};

}  // namespace vcsr
