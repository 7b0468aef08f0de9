// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "media/codec/resampler.hpp"
#include "media/program.hpp"
#include "media/voice/speech_level.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/speech.hpp"

namespace vcsr {

namespace {

constexpr Duration time_limit = std::chrono::seconds(20);
constexpr const char* words_per_minute =
    "150";  // a tenth slower than its default: telephones lose consonants

/// A voice for the language, or empty when the tag is none. Voices are named by lower-case tags,
/// but Chinese and plain English are asked for by other names.
std::string voice_of(const std::string& language) {
  std::string tag = language;
  for (char& c : tag) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool valid = !tag.empty() && std::all_of(tag.begin(), tag.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-';
  });
  if (!valid) return {};
  if (tag == "en") return "en-us";
  if (tag == "zh-hk" || tag == "zh-mo" || tag == "zh-yue") return "yue";
  const std::string primary = tag.substr(0, tag.find('-'));
  return primary == "zh" || primary == "cmn" ? "cmn" : tag;
}

/// What is between "[[" and "]]" espeak-ng would take for phonemes, and control characters for
/// commands; a prompt has only words.
std::string plain_words(const std::string& text) {
  std::string words;
  for (const char c : text) {
    if (c == '[' && !words.empty() && words.back() == '[') words += ' ';
    words += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return words;
}

class Espeak : public Synthesizer {
 public:
  explicit Espeak(std::string program) : program_(std::move(program)) {}

  Sound speak(const std::string& text, const std::string& language) override {
    const std::string words = plain_words(text);
    if (words.find_first_not_of(' ') == std::string::npos) return Sound({});
    const std::string voice = voice_of(language);
    ProgramResult result = speak_with(voice, words);
    const std::size_t region = voice.find('-');
    if (result.status != 0 && region != std::string::npos)
      result = speak_with(voice.substr(0, region), words);
    if (voice.empty() || (result.status != 0 && result.complaints.find("voice") != std::string::npos))
      throw Error(Error::Code::unsupported, program_ + ": has no voice for language \"" + language +
                                                "\"; those it has are listed by: " + program_ + " --voices");
    if (result.status != 0)
      throw Error(Error::Code::unavailable, program_ + ": ended with status " +
                                                std::to_string(result.status) + ": " + result.complaints);
    return to_sound(result.output);
  }

  std::string name() const override {
    if (name_.empty()) {
      const ProgramResult result = run({"--version"}, {});
      const std::string shown(result.output.begin(), result.output.end());
      // "eSpeak NG text-to-speech: 1.51  Data at: …"
      name_ = shown.substr(0, shown.find("  Data")) + ", " + words_per_minute + " words a minute";
    }
    return name_;
  }

 private:
  ProgramResult run(std::vector<std::string> arguments, const std::string& input) const {
    arguments.insert(arguments.begin(), program_);
    try {
      return run_program(arguments, input, time_limit);
    } catch (const Error& error) {
      if (error.code() != Error::Code::unavailable) throw;
      throw Error(
          Error::Code::unavailable,
          std::string(error.what()) + "; speech synthesis needs eSpeak NG: apt-get install espeak-ng");
    }
  }

  ProgramResult speak_with(const std::string& voice, const std::string& words) const {
    return run({"-v", voice, "-s", words_per_minute, "-b", "1", "--stdin", "--stdout"}, words);
  }

  Sound to_sound(const std::vector<std::uint8_t>& file) const {
    try {
      const WavAudio audio = decode_wav(file, program_);
      return Sound(level_speech(resample(audio.channel(0), audio.rate, samples_per_second)));
    } catch (const Error& error) {
      throw Error(Error::Code::unavailable, error.what());
    }
  }

  std::string program_;
  mutable std::string name_;
};

}  // namespace

Synthesizer::~Synthesizer() = default;

std::unique_ptr<Synthesizer> make_espeak_synthesizer(std::string program) {
  return std::make_unique<Espeak>(std::move(program));
}

}  // namespace vcsr
