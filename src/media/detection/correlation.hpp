// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace vcsr {

/// How much of each DTMF frequency, or of its second harmonic, is in some audio: real and imaginary part. All
/// of them are counted at once, in the lanes of vector registers.
struct Correlation {
  static constexpr std::size_t samples = 40;  ///< 5 ms
  static constexpr std::size_t tones = 8;     ///< 697 770 852 941 1209 1336 1477 1633
  using Block = std::array<float, samples>;
  using Powers = std::array<float, tones>;

  std::array<float, tones> real{}, imaginary{};

  /// `harmonic` is 1 or 2. Phases are counted from the middle of the block. As fast as this processor can.
  static Correlation of(const Block& block, int harmonic) noexcept;
  /// One by one; what the other is tested against.
  static Correlation one_by_one(const Block& block, int harmonic) noexcept;
  /// Of three blocks that follow each other, from what is known of each.
  static Correlation joined(const Correlation& first, const Correlation& second, const Correlation& third,
                            int harmonic) noexcept;

  Powers squared() const noexcept {
    Powers powers;
    for (std::size_t tone = 0; tone < tones; ++tone)
      powers[tone] = real[tone] * real[tone] + imaginary[tone] * imaginary[tone];
    return powers;
  }
};

/// Takes samples into a block; the sum of their squares.
float take(std::span<const std::int16_t, Correlation::samples> samples, Correlation::Block& block) noexcept;

/// How far a tone, or its harmonic, turns in one block: the cosine and minus the sine.
const Correlation& turn_of(int harmonic) noexcept;

/// In hertz.
constexpr std::array<float, Correlation::tones> dtmf_frequencies{697, 770, 852, 941, 1209, 1336, 1477, 1633};

}  // namespace vcsr
