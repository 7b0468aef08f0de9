// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "vcsr/base/loop.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// What a telephone hears at the moment.
struct Hearing {
  bool sound = false;       ///< anything louder than -40 dBm0
  std::uint32_t tones = 0;  ///< one bit per frequency asked for
  bool operator==(const Hearing&) const = default;
};

/// Listens to a leg: sound or silence, and which of some tones. Works on the media thread, a
/// few microseconds per frame, and tells changes that lasted 60 ms on the loop, as long as it lives.
class Ear final : public AudioTap, public std::enable_shared_from_this<Ear> {
 public:
  using OnChange = std::function<void(Hearing)>;

  /// At most 31 frequencies (Hz).
  Ear(Loop& loop, std::vector<int> frequencies, OnChange on_change);
  void on_audio(const TapFrame& frame) noexcept override;

 private:
  /// What one frame holds: a bit per tone, and one for sound.
  using Bits = std::uint32_t;
  static constexpr int sound_bit = 31;
  static constexpr int frames_to_believe = 3;

  Bits hear(const TapFrame& frame) const;
  bool holds(double energy, const AudioFrame& audio, double coefficient) const;

  Loop& loop_;
  std::vector<double> coefficients_;  ///< of Goertzel's filters
  OnChange on_change_;
  Bits told_ = 0;
  std::array<std::uint8_t, 32> contrary_{};  ///< frames in a row that say the opposite of told_, per bit
};

/// Lets several listen to one leg.
class TapSplitter final : public AudioTap {
 public:
  explicit TapSplitter(std::vector<std::shared_ptr<AudioTap>> taps) : taps_(std::move(taps)) {}
  void on_audio(const TapFrame& frame) noexcept override {
    for (const auto& tap : taps_) tap->on_audio(frame);
  }

 private:
  std::vector<std::shared_ptr<AudioTap>> taps_;
};

}  // namespace vcsr
