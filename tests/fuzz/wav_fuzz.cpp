// SPDX-License-Identifier: Apache-2.0
// Files of sound as somebody copied them into the prompts' folder, or as a crash left them.
#include <vector>

#include "fuzz.hpp"
#include "media/riff.hpp"
#include "media/wav_codec.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::vector<std::uint8_t> file(bytes, bytes + size);
  repair_riff_sizes(file);
  VCSR_ASSERT(file.size() == size);
  fuzz::taken_or_refused([&] {
    const WavAudio audio = decode_wav(std::move(file), "fuzz.wav");
    VCSR_ASSERT(audio.channels == 1 || audio.channels == 2);
    VCSR_ASSERT(audio.samples.size() <= size);
  });
  return 0;
}
