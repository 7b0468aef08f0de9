// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/http_message.hpp"

namespace vcsr {

/// A recording as it is kept: Ogg or WAV.
inline HttpResponse recording_sound(const std::vector<std::uint8_t>& audio) {
  const bool ogg = audio.size() > 4 && audio[0] == 'O';
  return {.type = ogg ? "audio/ogg" : "audio/wav", .body = std::string(audio.begin(), audio.end())};
}

}  // namespace vcsr
