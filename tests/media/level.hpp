// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

/// RMS in dB of full scale.
inline double level_of(std::span<const std::int16_t> samples) {
  double sum = 0;
  for (const std::int16_t sample : samples) sum += static_cast<double>(sample) * sample;
  return 10 * std::log10(sum / static_cast<double>(samples.size()) / (32768.0 * 32768.0) + 1e-12);
}

/// Level in dB of full scale of the part of this frequency (a sine at full scale: -3 dB).
inline double level_at(double frequency, std::span<const std::int16_t> samples, int rate = 8000) {
  double real = 0, imaginary = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double phase = 2 * std::numbers::pi * frequency * static_cast<double>(i) / rate;
    real += samples[i] * std::cos(phase);
    imaginary += samples[i] * std::sin(phase);
  }
  const double amplitude = 2 * std::hypot(real, imaginary) / static_cast<double>(samples.size()) / 32768;
  return 20 * std::log10(amplitude / std::numbers::sqrt2 + 1e-12);
}

inline std::vector<std::int16_t> sine(double frequency, int rate, std::size_t count,
                                      double amplitude = 16384) {
  std::vector<std::int16_t> samples(count);
  for (std::size_t i = 0; i < count; ++i)
    samples[i] = static_cast<std::int16_t>(
        std::lround(amplitude * std::sin(2 * std::numbers::pi * frequency * static_cast<double>(i) / rate)));
  return samples;
}
