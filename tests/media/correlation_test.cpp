// SPDX-License-Identifier: Apache-2.0
#include "media/correlation.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

std::array<std::int16_t, Correlation::samples> tone(float hertz) {
  std::array<std::int16_t, Correlation::samples> samples;
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(
        10000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 8000));
  return samples;
}

void check_equal(const std::array<float, Correlation::tones>& fast,
                 const std::array<float, Correlation::tones>& slow) {
  for (std::size_t i = 0; i < fast.size(); ++i) CHECK(std::abs(fast[i] - slow[i]) < 1);
}

}  // namespace

TEST_CASE("all tones at once are counted as one by one") {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> any(INT16_MIN, INT16_MAX);
  for (int round = 0; round < 200; ++round) {
    std::array<std::int16_t, Correlation::samples> block;
    for (std::int16_t& sample : block) sample = static_cast<std::int16_t>(any(random));

    const Correlation fast = Correlation::of(block), slow = Correlation::one_by_one(block);

    check_equal(fast.real, slow.real);
    check_equal(fast.imaginary, slow.imaginary);
    check_equal(fast.harmonic_real, slow.harmonic_real);
    check_equal(fast.harmonic_imaginary, slow.harmonic_imaginary);
  }
}

TEST_CASE("a tone is found where it is, its octave among the harmonics") {
  const auto size = [](float real, float imaginary) { return std::hypot(real, imaginary); };
  for (std::size_t i = 0; i < Correlation::tones; ++i) {
    const Correlation at = Correlation::of(tone(dtmf_frequencies[i]));
    const Correlation octave = Correlation::of(tone(2 * dtmf_frequencies[i]));

    CHECK(size(at.real[i], at.imaginary[i]) > 150'000);  // of 200,000
    CHECK(size(octave.harmonic_real[i], octave.harmonic_imaginary[i]) > 150'000);
  }
}
