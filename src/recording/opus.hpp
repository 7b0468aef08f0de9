// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vcsr::recording {

/// The same audio with all its tracks as Opus in an Ogg file (RFC 7845), about 16 kbit/s a track. Throws
/// Error(invalid) when `file` is no audio.
std::vector<std::uint8_t> opus_of(std::span<const std::uint8_t> file);
/// The same audio as a WAV file, 16-bit.
std::vector<std::uint8_t> wav_of(std::span<const std::uint8_t> file);
/// Whether the file is Ogg.
bool is_ogg(std::span<const std::uint8_t> file);

}  // namespace vcsr::recording
