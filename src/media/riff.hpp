// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vcsr/media/wav.hpp"

namespace vcsr {

/// The head of a RIFF/WAVE file, up to its first sample; as long for every number of bytes.
/// G.711 has the fact chunk that compressed formats need. Sizes beyond 4 GB read 4 GB.
std::vector<std::uint8_t> riff_header(WavFormat format, int channels, int rate, std::uint64_t data_bytes);

/// Whether the samples end where the header says, at the end of the file or before another chunk.
bool riff_sizes_hold(std::span<const std::uint8_t> file);

/// The format and the samples of a RIFF/WAVE file, without its other chunks, which libsndfile reads
/// into an endless loop when they are damaged. Samples go to the end of the file when the sizes do not
/// hold, as after a writer was killed or in a stream whose length nobody knew. Empty for another file.
std::vector<std::uint8_t> bare_wave(std::span<const std::uint8_t> file);

}  // namespace vcsr
