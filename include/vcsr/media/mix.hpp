// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// The sum of what several parties say in the same 20 ms. What is louder than 16 bits hold is cut off there.
class VCSR_EXPORT Mix {
 public:
  /// `frame` holds frame_samples bytes.
  void add(Codec codec, std::span<const std::uint8_t> frame) noexcept;
  void add(std::span<const std::int16_t, frame_samples> frame) noexcept;
  AudioFrame linear() const noexcept;
  /// `out` holds frame_samples bytes.
  void encode(Codec codec, std::span<std::uint8_t> out) const noexcept;

 private:
  std::array<std::int32_t, frame_samples> sum_{};
};

}  // namespace vcsr
