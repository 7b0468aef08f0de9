// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Tells speech from the noise of a line, 20 ms at a time, by its loudness: 8 dB over the quietest that
/// was heard lately, and never under -44 dB of full scale. Does not allocate.
class SpeechWatch {
 public:
  /// Whether somebody speaks in this frame.
  bool hear(Codec codec, std::span<const std::uint8_t> frame) noexcept;

 private:
  static constexpr double noisiest = 300;  ///< louder is no noise, however long it lasts
  double floor_ = noisiest;
};

}  // namespace vcsr
