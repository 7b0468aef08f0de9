// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace vcsr {

/// Tells frames of speech from those of silence and steady noise by their level alone: speech stands out
/// from the quietest moment of the last second and a half.
class SpeechActivity {
 public:
  /// `level` in dB under full scale, every 20 ms.
  bool next(double level) {
    levels_[at_++ % levels_.size()] = level;
    double floor = levels_[0];
    for (std::size_t i = 1; i < levels_.size() && i < at_; ++i)
      floor = levels_[i] < floor ? levels_[i] : floor;
    // Whoever speaks loudly from the first moment on is no noise.
    if (floor > loudest_noise) floor = loudest_noise;
    return level > quietest_speech && level > floor + above_noise;
  }

 private:
  static constexpr double loudest_noise = -30, quietest_speech = -45, above_noise = 8;
  std::array<double, 75> levels_{};
  std::size_t at_ = 0;
};

}  // namespace vcsr
