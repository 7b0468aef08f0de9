// SPDX-License-Identifier: Apache-2.0
#include "media/codec/concealment.hpp"

#include <algorithm>
#include <cmath>

namespace vcsr {

namespace {

constexpr std::size_t window = 160;  // that is compared with itself one pitch earlier
constexpr int steady = 80;           // samples at full level
constexpr int shortest_fade = 40, longest_fade = 80;

}  // namespace

void Concealment::begin(std::span<const std::int16_t, history> heard) noexcept {
  const std::size_t pitch = pitch_of(heard), overlap = pitch / 4;
  const std::int16_t* last = heard.data() + history - pitch;
  std::copy_n(last, pitch, period_.begin());
  // The end of the period turns into what went before its beginning, so that it can follow itself.
  for (std::size_t i = 0; i < overlap; ++i) {
    const int weight = static_cast<int>((i + 1) * 256 / overlap);
    const std::size_t at = pitch - overlap + i;
    const int before = *(last - overlap + i);
    period_[at] = static_cast<std::int16_t>((last[at] * (256 - weight) + before * weight) / 256);
  }
  pitch_ = static_cast<std::uint16_t>(pitch);
  position_ = made_ = faded_ = 0;
  fade_ = shortest_fade;
}

std::int16_t Concealment::missing() noexcept {
  const int gain = made_ < steady ? 256 : 256 * (silent - made_) / (silent - steady);
  const int sample = period_[position_] * gain / 256;
  position_ = position_ + 1 == pitch_ ? 0 : static_cast<std::uint16_t>(position_ + 1);
  made_ = static_cast<std::uint16_t>(std::min<int>(made_ + 1, silent));
  // The longer it was made up the longer the way back.
  fade_ = static_cast<std::uint16_t>(std::min(shortest_fade + made_ / 4, longest_fade));
  faded_ = 0;
  return static_cast<std::int16_t>(sample);
}

std::int16_t Concealment::present(std::int16_t sample) noexcept {
  if (!active()) return sample;
  const std::uint16_t fade = fade_, faded = faded_;
  const int made_up = missing();
  fade_ = fade;
  faded_ = static_cast<std::uint16_t>(faded + 1);
  const int mixed = (sample * faded_ + made_up * (fade - faded_)) / fade;
  if (faded_ == fade) fade_ = 0;
  return static_cast<std::int16_t>(mixed);
}

/// Where the window resembles what went before it most.
std::size_t Concealment::pitch_of(std::span<const std::int16_t, history> heard) noexcept {
  // Small enough that sums of products fit 32 bits, which the compiler then takes eight at a time.
  std::array<std::int16_t, window + most_pitch> scaled;
  std::transform(heard.end() - scaled.size(), heard.end(), scaled.begin(),
                 [](std::int16_t sample) { return static_cast<std::int16_t>(sample >> 4); });
  const std::int16_t* last = scaled.data() + most_pitch;
  std::size_t best = most_pitch;
  float most = 0;
  for (std::size_t pitch = least_pitch; pitch <= most_pitch; ++pitch) {
    const std::int16_t* earlier = last - pitch;
    std::int32_t product = 0, energy = 1;
    for (std::size_t i = 0; i < window; ++i) {
      const std::int32_t then = earlier[i];
      product += last[i] * then;
      energy += then * then;
    }
    const float likeness = static_cast<float>(product) / std::sqrt(static_cast<float>(energy));
    if (likeness <= most) continue;
    most = likeness;
    best = pitch;
  }
  return best;
}

}  // namespace vcsr
