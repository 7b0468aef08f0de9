// SPDX-License-Identifier: Apache-2.0
#include "media/detection/tone_block.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vcsr {

namespace {

constexpr int first_hertz = 300, last_hertz = 2300, step_hertz = 50;
constexpr int last_low_hertz = 700;
constexpr std::size_t bins = (last_hertz - first_hertz) / step_hertz + 1;
constexpr std::size_t low_bins = (last_low_hertz - first_hertz) / step_hertz + 1;

std::array<float, bins> coefficients() {
  std::array<float, bins> all{};
  for (std::size_t i = 0; i < bins; ++i) {
    const double hertz = first_hertz + step_hertz * static_cast<double>(i);
    all[i] = static_cast<float>(2 * std::cos(2 * std::numbers::pi * hertz / samples_per_second));
  }
  return all;
}

/// Of a frame with whole periods of every bin, so that the shares of all add up to one at most.
float energy_at(std::span<const float, frame_samples> samples, float coefficient) {
  float last = 0, before = 0;
  for (const float sample : samples) {
    const float now = sample + coefficient * last - before;
    before = last;
    last = now;
  }
  return last * last + before * before - coefficient * last * before;
}

}  // namespace

ToneBlock analyze_tones(std::span<const std::int16_t, frame_samples> samples) noexcept {
  static const std::array<float, bins> coefficient = coefficients();
  std::array<float, frame_samples> scaled{};
  float energy = 0;
  for (std::size_t i = 0; i < frame_samples; ++i) {
    scaled[i] = static_cast<float>(samples[i]) / 32768;
    energy += scaled[i] * scaled[i];
  }
  ToneBlock block;
  block.level = energy > 0 ? 10 * std::log10(static_cast<double>(energy) / frame_samples) : -100;
  if (!block.audible()) return block;
  std::array<float, bins> share{};
  for (std::size_t i = 0; i < bins; ++i)
    share[i] = 2 * energy_at(scaled, coefficient[i]) / (static_cast<float>(frame_samples) * energy);
  for (std::size_t i = 0; i < low_bins; ++i) block.low += static_cast<double>(share[i]);
  // A frequency between two bins shows in both.
  for (std::size_t i = 0; i + 1 < bins; ++i) {
    const double pair = static_cast<double>(share[i] + share[i + 1]);
    if (pair <= block.peak) continue;
    block.peak = pair;
    block.frequency =
        first_hertz + step_hertz * static_cast<int>(i) + (share[i + 1] > share[i] ? step_hertz : 0);
  }
  return block;
}

}  // namespace vcsr
