// SPDX-License-Identifier: Apache-2.0
#include "media/detection/speech_watch.hpp"

#include <algorithm>
#include <cmath>

#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

constexpr double least_level = 32768 * 0.0063;  // -44 dB
constexpr double over_noise = 2.5;              // 8 dB
constexpr double forgets = 1.002;               // a frame; doubles in 7 s

}  // namespace

bool SpeechWatch::hear(Codec codec, std::span<const std::uint8_t> frame) noexcept {
  AudioFrame linear;
  decode(codec, frame, linear);
  double sum = 0;
  for (const std::int16_t sample : linear) sum += static_cast<double>(sample) * sample;
  const double level = std::sqrt(sum / static_cast<double>(linear.size()));
  floor_ = std::min({level, std::max(1.0, floor_ * forgets), noisiest});
  return level > std::max(least_level, over_noise * floor_);
}

}  // namespace vcsr
