// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/recording/live.hpp"

namespace vcsr {

/// The head of a WAV file whose end nobody knows: two channels of 16 bits at 8 kHz.
std::string endless_wav_head();

/// What was said since the last time, as such a file holds it.
std::string wav_bytes(LiveListening& listening);

}  // namespace vcsr
