// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vcsr {

/// How much of each DTMF frequency and of its second harmonic is in 5 ms of audio: its real and imaginary
/// part, counted from the first sample. All of them are counted at once, in the lanes of vector registers.
struct Correlation {
  static constexpr std::size_t samples = 40;
  static constexpr std::size_t tones = 8;  ///< 697 770 852 941 1209 1336 1477 1633
  using Block = std::span<const std::int16_t, samples>;

  std::array<float, tones> real, imaginary, harmonic_real, harmonic_imaginary;

  /// As fast as this processor can.
  static Correlation of(Block block) noexcept;
  /// One by one; what the other is tested against.
  static Correlation one_by_one(Block block) noexcept;
};

/// In hertz.
constexpr std::array<float, Correlation::tones> dtmf_frequencies{697, 770, 852, 941, 1209, 1336, 1477, 1633};

}  // namespace vcsr
