// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace vcsr {

/// Makes synthesized speech fit for a telephone: cuts the silence around it to 50 ms and brings
/// its active parts to -16 dB RMS of full scale, or less where peaks would reach -1 dB. Rate 8 kHz.
std::vector<std::int16_t> level_speech(std::vector<std::int16_t> samples);

/// The same level for a recording, which keeps its silence: somebody meant it.
std::vector<std::int16_t> level_recording(std::vector<std::int16_t> samples);

}  // namespace vcsr
