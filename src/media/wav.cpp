// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/wav.hpp"

#include "media/codec/resampler.hpp"
#include "media/file.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

std::vector<std::int16_t> WavAudio::channel(int index) const {
  VCSR_ASSERT(index >= 0 && index < channels);
  std::vector<std::int16_t> alone;
  const auto step = static_cast<std::size_t>(channels);
  alone.reserve(samples.size() / step);
  for (auto i = static_cast<std::size_t>(index); i < samples.size(); i += step) alone.push_back(samples[i]);
  return alone;
}

WavAudio read_wav(const std::string& path) {
  WavAudio audio = decode_wav(read_file(path), path);
  if (audio.rate != 8000 && audio.rate != 16000)
    throw Error(Error::Code::invalid, path + ": expected 8000 or 16000 samples a second, it holds " +
                                          std::to_string(audio.rate) + "; convert it: sox " + path +
                                          " -r 8000 -c 1 -b 16 out.wav");
  return audio;
}

void write_wav(const std::string& path, const WavAudio& audio, WavFormat format) {
  write_file(path, encode_wav(audio, format));
}

SoundPtr read_sound(const std::string& path) {
  WavAudio audio = read_wav(path);
  if (audio.channels != 1)
    throw Error(Error::Code::invalid, path + ": a sound to be played has one channel, this file has " +
                                          std::to_string(audio.channels) + "; mix it down: sox " + path +
                                          " -c 1 out.wav");
  return std::make_shared<Sound>(resample(audio.samples, audio.rate, samples_per_second));
}

}  // namespace vcsr
