// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// What 20 ms of audio are made of, as far as tones are concerned.
struct ToneBlock {
  double level = -100;  ///< dB under full scale
  double low = 0;       ///< the share of 300-700 Hz in the energy, where exchanges speak
  double peak = 0;      ///< the share of the strongest single frequency
  int frequency = 0;    ///< of the peak, Hz, within 25

  bool audible() const { return level > -42; }
  bool progress() const { return audible() && low > 0.85; }
  /// One frequency and next to nothing beside it.
  bool pure() const { return audible() && peak > 0.8; }
  bool is(int hertz) const { return pure() && frequency >= hertz - 50 && frequency <= hertz + 50; }
};

/// By Goertzel's algorithm, every 50 Hz from 300 to 2300.
ToneBlock analyze_tones(std::span<const std::int16_t, frame_samples> samples) noexcept;

/// Cuts audio of any length into blocks.
class FrameCutter {
 public:
  template <class Take>
  void feed(std::span<const std::int16_t> samples, Take take) {
    for (const std::int16_t sample : samples) {
      frame_[filled_++] = sample;
      if (filled_ < frame_samples) continue;
      filled_ = 0;
      take(std::span<const std::int16_t, frame_samples>(frame_));
    }
  }

 private:
  AudioFrame frame_{};
  std::size_t filled_ = 0;
};

}  // namespace vcsr
