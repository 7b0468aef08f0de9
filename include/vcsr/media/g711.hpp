// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// ITU-T G.711, one sample.
VCSR_EXPORT std::uint8_t encode(Codec codec, std::int16_t sample) noexcept;
VCSR_EXPORT std::int16_t decode(Codec codec, std::uint8_t byte) noexcept;

/// Whole buffers; `out` is as long as `in`.
VCSR_EXPORT void encode(Codec codec, std::span<const std::int16_t> in, std::span<std::uint8_t> out) noexcept;
VCSR_EXPORT void decode(Codec codec, std::span<const std::uint8_t> in, std::span<std::int16_t> out) noexcept;

/// From one law to the other without passing through linear audio twice (G.711 tables 3 and 4).
VCSR_EXPORT void transcode(Codec from, Codec to, std::span<const std::uint8_t> in,
                           std::span<std::uint8_t> out) noexcept;

}  // namespace vcsr
