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

/// Sets the sizes in the header to what is there when they do not agree, as in a file whose
/// writer was killed or a stream whose length nobody knew. Leaves what is no RIFF file alone.
void repair_riff_sizes(std::span<std::uint8_t> file);

}  // namespace vcsr
