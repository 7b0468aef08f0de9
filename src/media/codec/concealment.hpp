// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// What is heard in place of audio that was lost: the last pitch period again and again, fading to nothing
/// within 60 ms, and a soft way back into what comes after it (in the manner of G.711 Appendix I).
class Concealment {
 public:
  static constexpr std::size_t history = 400;  ///< samples that begin() looks at

  bool active() const { return fade_ > 0; }
  /// So much was missing that nothing is left to be heard.
  bool faded_out() const { return made_ == silent; }
  /// From here on something is missing; `heard` is what went before.
  void begin(std::span<const std::int16_t, history> heard) noexcept;
  /// The next sample in place of one that is missing.
  std::int16_t missing() noexcept;
  /// The next sample where one is there: in the beginning some of the concealment is still in it.
  std::int16_t present(std::int16_t sample) noexcept;

 private:
  static constexpr std::size_t least_pitch = 40, most_pitch = 120;  // 200 to 66 Hz
  static constexpr std::uint16_t silent = 480;
  static std::size_t pitch_of(std::span<const std::int16_t, history> heard) noexcept;

  // First what is looked at also while nothing is missing.
  std::uint16_t fade_ = 0, faded_ = 0;  // samples of the way back, and how far it is gone
  std::uint16_t made_ = 0;              // samples since begin()
  std::uint16_t pitch_ = 0, position_ = 0;
  std::array<std::int16_t, most_pitch> period_{};
};

}  // namespace vcsr
