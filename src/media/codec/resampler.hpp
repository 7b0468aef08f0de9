// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vcsr {

/// Brings audio from one rate to another. What the lower rate cannot carry is taken away (more
/// than 60 dB down from half the lower rate), the rest passes up to 0.9 of that. No delay.
std::vector<std::int16_t> resample(std::span<const std::int16_t> samples, int from, int to);

}  // namespace vcsr
