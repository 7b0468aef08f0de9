// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Audio as a file holds it; samples of the channels interleaved.
struct WavAudio {
  int rate = samples_per_second;  ///< 8000 or 16000
  int channels = 1;               ///< 1 or 2
  std::vector<std::int16_t> samples;

  Duration duration() const {
    return Duration(std::int64_t{1'000'000} * static_cast<std::int64_t>(samples.size()) / channels / rate);
  }
  /// One channel alone, from 0.
  VCSR_EXPORT std::vector<std::int16_t> channel(int index) const;
};

/// How samples are kept in a file.
enum class WavFormat { pcm16, pcmu, pcma };

/// Reads RIFF/WAVE: 8 or 16 kHz, mono or stereo, 16-bit PCM or G.711; a file that was never
/// closed is read up to its last sample. Throws Error: not_found, or invalid saying what the file
/// holds instead.
VCSR_EXPORT WavAudio read_wav(const std::string& path);

/// Throws Error(unavailable) with the system's words when the file cannot be written.
VCSR_EXPORT void write_wav(const std::string& path, const WavAudio& audio,
                           WavFormat format = WavFormat::pcm16);

/// A mono file at 8 kHz, or at 16 kHz brought down to it, ready to be played. Throws like read_wav().
VCSR_EXPORT SoundPtr read_sound(const std::string& path);

}  // namespace vcsr
