// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "vcsr/media/wav.hpp"

namespace vcsr {

/// Samples of a RIFF/WAVE file at whatever rate it has; read to the end when its sizes are wrong.
/// Throws Error(invalid) naming `source` and what it holds when that is not 16-bit PCM or G.711
/// in one or two channels.
WavAudio decode_wav(std::span<const std::uint8_t> file, const std::string& source);

/// A whole file.
std::vector<std::uint8_t> encode_wav(const WavAudio& audio, WavFormat format);

}  // namespace vcsr
