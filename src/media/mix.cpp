// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/mix.hpp"

#include <algorithm>
#include <limits>

#include "vcsr/media/g711.hpp"

namespace vcsr {

void Mix::add(Codec codec, std::span<const std::uint8_t> frame) noexcept {
  AudioFrame decoded;
  decode(codec, frame.first(frame_samples), decoded);
  add(decoded);
}

void Mix::add(std::span<const std::int16_t, frame_samples> frame) noexcept {
  for (std::size_t i = 0; i < frame_samples; ++i) sum_[i] += frame[i];
}

AudioFrame Mix::linear() const noexcept {
  constexpr std::int32_t least = std::numeric_limits<std::int16_t>::min();
  constexpr std::int32_t most = std::numeric_limits<std::int16_t>::max();
  AudioFrame frame;
  for (std::size_t i = 0; i < frame_samples; ++i)
    frame[i] = static_cast<std::int16_t>(std::clamp(sum_[i], least, most));
  return frame;
}

void Mix::encode(Codec codec, std::span<std::uint8_t> out) const noexcept {
  vcsr::encode(codec, linear(), out.first(frame_samples));
}

}  // namespace vcsr
