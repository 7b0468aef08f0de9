// SPDX-License-Identifier: Apache-2.0
// Files of sound as somebody copied them into the prompts' folder, or as a crash left them.
#include <span>

#include "fuzz.hpp"
#include "media/wav_codec.hpp"

using namespace vcsr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::span file(bytes, size);
  fuzz::taken_or_refused([&] {
    const WavAudio audio = decode_wav(file, "fuzz.wav");
    VCSR_ASSERT(audio.channels == 1 || audio.channels == 2);
    VCSR_ASSERT(audio.samples.size() <= size);
  });
  return 0;
}
