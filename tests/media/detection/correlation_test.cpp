// SPDX-License-Identifier: Apache-2.0
#include "media/detection/correlation.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

using Samples = std::array<std::int16_t, Correlation::samples>;
using Numbers = std::array<float, Correlation::tones>;

Samples tone(float hertz, std::size_t first = 0) {
  Samples samples;
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(
        10000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(first + i) / 8000));
  return samples;
}

Correlation::Block block_of(const Samples& samples) {
  Correlation::Block block;
  take(samples, block);
  return block;
}

void check_equal(const Numbers& fast, const Numbers& slow) {
  for (std::size_t i = 0; i < fast.size(); ++i) CHECK(std::abs(fast[i] - slow[i]) < 1);
}

}  // namespace

TEST_CASE("all tones at once are counted as one by one") {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> any(INT16_MIN, INT16_MAX);
  for (int round = 0; round < 200; ++round) {
    Correlation::Block block;
    for (float& sample : block) sample = static_cast<float>(any(random));

    for (const int harmonic : {1, 2}) {
      const Correlation fast = Correlation::of(block, harmonic);
      const Correlation slow = Correlation::one_by_one(block, harmonic);

      check_equal(fast.real, slow.real);
      check_equal(fast.imaginary, slow.imaginary);
    }
  }
}

TEST_CASE("samples become numbers, and the sum of their squares is told") {
  Samples samples;
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(i % 2 == 0 ? INT16_MIN : static_cast<int>(i));
  Correlation::Block block;

  const float squares = take(samples, block);

  double sum = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    CHECK(block[i] == static_cast<float>(samples[i]));
    sum += static_cast<double>(samples[i]) * samples[i];
  }
  CHECK(static_cast<double>(squares) == doctest::Approx(sum).epsilon(1e-6));
}

TEST_CASE("a tone is found where it is, its octave among the harmonics") {
  for (std::size_t i = 0; i < Correlation::tones; ++i) {
    const Correlation at = Correlation::of(block_of(tone(dtmf_frequencies[i])), 1);
    const Correlation octave = Correlation::of(block_of(tone(2 * dtmf_frequencies[i])), 2);

    CHECK(std::sqrt(at.squared()[i]) > 150'000);  // of 200,000
    CHECK(std::sqrt(octave.squared()[i]) > 150'000);
  }
}

TEST_CASE("what three blocks have of a tone that goes on adds up") {
  for (const int harmonic : {1, 2}) {
    for (std::size_t i = 0; i < Correlation::tones; ++i) {
      std::array<Correlation, 3> parts;
      for (std::size_t part = 0; part < 3; ++part)
        parts[part] = Correlation::of(
            block_of(tone(static_cast<float>(harmonic) * dtmf_frequencies[i], part * Correlation::samples)),
            harmonic);

      const Correlation whole = Correlation::joined(parts[0], parts[1], parts[2], harmonic);

      float alone = 0;
      for (const Correlation& part : parts) alone += std::sqrt(part.squared()[i]);
      CHECK(std::sqrt(whole.squared()[i]) == doctest::Approx(alone).epsilon(0.1));
    }
  }
}
