// SPDX-License-Identifier: Apache-2.0
#include "media/voice/speech_cache.hpp"

#include <array>
#include <optional>

#include <openssl/evp.h>

#include "media/file.hpp"
#include "media/riff.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string sha_256(const std::string& content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  VCSR_ASSERT(EVP_Digest(content.data(), content.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  constexpr const char* hex = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += hex[digest[i] >> 4];
    text += hex[digest[i] & 15];
  }
  return text;
}

class CachedSynthesizer : public Synthesizer {
 public:
  CachedSynthesizer(std::unique_ptr<Synthesizer> engine, std::string folder, Log log)
      : engine_(std::move(engine)), folder_(std::move(folder)), log_(std::move(log)) {}

  Sound speak(const std::string& text, const std::string& language) override {
    const std::string path = folder_ + "/" + sha_256(name() + '\0' + language + '\0' + text) + ".wav";
    if (auto kept = read(path)) return Sound(std::move(*kept));
    Sound sound = engine_->speak(text, language);
    write(path, sound);
    return sound;
  }

  std::string name() const override { return engine_->name(); }

 private:
  std::optional<std::vector<std::int16_t>> read(const std::string& path) const {
    try {
      const std::vector<std::uint8_t> bytes = read_file(path);
      if (!riff_sizes_hold(bytes)) throw Error(Error::Code::invalid, path + ": the file is damaged");
      WavAudio audio = decode_wav(bytes, path);
      if (audio.rate != samples_per_second || audio.channels != 1)
        throw Error(Error::Code::invalid, path + ": the file is not mono at 8000 samples a second");
      return std::move(audio.samples);
    } catch (const Error& error) {
      if (error.code() != Error::Code::not_found)
        log_.warning("cached speech is made again", {{"reason", std::string(error.what())}});
      return {};
    }
  }

  void write(const std::string& path, const Sound& sound) const {
    try {
      create_folders_of(path);
      replace_file(
          path, encode_wav({.samples = {sound.samples().begin(), sound.samples().end()}}, WavFormat::pcm16));
    } catch (const Error& error) {
      log_.warning("speech cannot be cached", {{"reason", std::string(error.what())}});
    }
  }

  std::unique_ptr<Synthesizer> engine_;
  std::string folder_;
  Log log_;
};

}  // namespace

std::unique_ptr<Synthesizer> make_cached_synthesizer(std::unique_ptr<Synthesizer> engine, std::string folder,
                                                     Log log) {
  return std::make_unique<CachedSynthesizer>(std::move(engine), std::move(folder), std::move(log));
}

}  // namespace vcsr
