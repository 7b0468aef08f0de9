// SPDX-License-Identifier: Apache-2.0
#include "server/wav_stream.hpp"

#include "media/riff.hpp"

namespace vcsr {

std::string endless_wav_head() {
  constexpr std::uint64_t as_long_as_can_be = 0x7fff'0000;
  const std::vector<std::uint8_t> head =
      riff_header(WavFormat::pcm16, 2, samples_per_second, as_long_as_can_be);
  return {head.begin(), head.end()};
}

std::string wav_bytes(LiveListening& listening) {
  const std::vector<std::int16_t> samples = listening.take();
  std::string bytes;
  bytes.reserve(2 * samples.size());
  for (const std::int16_t sample : samples) {
    const auto bits = static_cast<std::uint16_t>(sample);
    bytes += static_cast<char>(bits & 0xff);
    bytes += static_cast<char>(bits >> 8);
  }
  return bytes;
}

}  // namespace vcsr
