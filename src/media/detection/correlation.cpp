// SPDX-License-Identifier: Apache-2.0
#include "media/detection/correlation.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include "vcsr/media/audio.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VCSR_WIDEST __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define VCSR_WIDEST
#endif

namespace vcsr {

namespace {

constexpr std::size_t tones = Correlation::tones;
constexpr std::size_t half = Correlation::samples / 2;

/// Eight numbers, wherever they lie.
using Eight __attribute__((vector_size(32), aligned(4), may_alias)) = float;
using Four __attribute__((vector_size(16), aligned(4), may_alias)) = float;
using EightSamples __attribute__((vector_size(16), aligned(2), may_alias)) = std::int16_t;
using EightIntegers __attribute__((vector_size(32))) = std::int32_t;

double radians(std::size_t tone, int harmonic, double samples) {
  return 2 * std::numbers::pi * harmonic * static_cast<double>(dtmf_frequencies[tone]) * samples /
         samples_per_second;
}

Correlation turned(int harmonic, double samples) {
  Correlation turn;
  for (std::size_t tone = 0; tone < tones; ++tone) {
    turn.real[tone] = static_cast<float>(std::cos(radians(tone, harmonic, samples)));
    turn.imaginary[tone] = static_cast<float>(-std::sin(radians(tone, harmonic, samples)));
  }
  return turn;
}

/// For the samples of a block's second half, from its middle.
struct Table {
  explicit Table(int harmonic) : turn(turned(harmonic, Correlation::samples)) {
    for (std::size_t n = 0; n < half; ++n) rows[n] = turned(harmonic, static_cast<double>(n) + 0.5);
  }
  std::array<Correlation, half> rows;
  Correlation turn;  ///< of a whole block
};

const Table& table(int harmonic) {
  static const Table tones(1), octaves(2);
  return harmonic == 1 ? tones : octaves;
}

static_assert(sizeof(Correlation) == 2 * sizeof(Eight));

Eight* lanes(Correlation& numbers) { return reinterpret_cast<Eight*>(&numbers); }
const Eight* lanes(const Correlation* numbers) { return reinterpret_cast<const Eight*>(numbers); }

VCSR_WIDEST float convert(const std::int16_t* samples, float* block) {
  Eight squares = {};
  for (std::size_t n = 0; n < Correlation::samples; n += 8) {
    const auto eight = *reinterpret_cast<const EightSamples*>(samples + n);
    const Eight numbers = __builtin_convertvector(__builtin_convertvector(eight, EightIntegers), Eight);
    *reinterpret_cast<Eight*>(block + n) = numbers;
    squares += numbers * numbers;
  }
  return ((squares[0] + squares[4]) + (squares[1] + squares[5])) +
         ((squares[2] + squares[6]) + (squares[3] + squares[7]));
}

VCSR_WIDEST void correlate(const Eight* rows, const float* block, Eight* out) {
  // From the middle cosines are even and sines are odd: two samples share a product.
  float sums[half], differences[half];
  for (std::size_t n = 0; n < half; n += 4) {
    const Four after = *reinterpret_cast<const Four*>(block + half + n);
    Four before = *reinterpret_cast<const Four*>(block + half - 4 - n);
    before = __builtin_shufflevector(before, before, 3, 2, 1, 0);
    *reinterpret_cast<Four*>(sums + n) = after + before;
    *reinterpret_cast<Four*>(differences + n) = after - before;
  }
  // Even and odd rows by themselves, so that an addition need not wait for the one before.
  Eight real[2] = {}, imaginary[2] = {};
  for (std::size_t n = 0; n < half; n += 2) {
    const Eight* row = rows + 2 * n;
    real[0] += row[0] * sums[n];
    imaginary[0] += row[1] * differences[n];
    real[1] += row[2] * sums[n + 1];
    imaginary[1] += row[3] * differences[n + 1];
  }
  out[0] = real[0] + real[1];
  out[1] = imaginary[0] + imaginary[1];
}

VCSR_WIDEST void join(const Eight* first, const Eight* second, const Eight* third, const Eight* turn,
                      Eight* out) {
  const Eight late_real = second[0] + third[0] * turn[0] - third[1] * turn[1];
  const Eight late_imaginary = second[1] + third[0] * turn[1] + third[1] * turn[0];
  out[0] = first[0] + late_real * turn[0] - late_imaginary * turn[1];
  out[1] = first[1] + late_real * turn[1] + late_imaginary * turn[0];
}

}  // namespace

Correlation Correlation::of(const Block& block, int harmonic) noexcept {
  Correlation sums;
  correlate(lanes(table(harmonic).rows.data()), block.data(), lanes(sums));
  return sums;
}

Correlation Correlation::one_by_one(const Block& block, int harmonic) noexcept {
  Correlation sums;
  for (std::size_t n = 0; n < samples; ++n) {
    const Correlation turn = turned(harmonic, static_cast<double>(n) + 0.5 - static_cast<double>(half));
    for (std::size_t tone = 0; tone < tones; ++tone) {
      sums.real[tone] += turn.real[tone] * block[n];
      sums.imaginary[tone] += turn.imaginary[tone] * block[n];
    }
  }
  return sums;
}

Correlation Correlation::joined(const Correlation& first, const Correlation& second, const Correlation& third,
                                int harmonic) noexcept {
  Correlation sums;
  join(lanes(&first), lanes(&second), lanes(&third), lanes(&table(harmonic).turn), lanes(sums));
  return sums;
}

float take(std::span<const std::int16_t, Correlation::samples> samples, Correlation::Block& block) noexcept {
  return convert(samples.data(), block.data());
}

const Correlation& turn_of(int harmonic) noexcept { return table(harmonic).turn; }

}  // namespace vcsr
