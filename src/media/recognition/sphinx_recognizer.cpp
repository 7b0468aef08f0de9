// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <utility>

#include "media/codec/resampler.hpp"
#include "media/recognition/sphinx_decoder.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/audio.hpp"
#include "vcsr/media/recognizer.hpp"

namespace vcsr {

namespace {

constexpr int model_rate = 16000;
/// How much better than the grammar's words any sounds may be, a frame, before the words are doubtful.
constexpr double doubt = 3;

bool is_english(const std::string& language) {
  std::string tag = language.substr(0, language.find('-'));
  for (char& c : tag) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return tag == "en";
}

class SphinxRecognition final : public Recognition {
 public:
  SphinxRecognition(SphinxDecoder& decoder, const Grammar& grammar)
      : decoder_(decoder), grammar_(grammar.jsgf()) {}

  void feed(std::span<const std::int16_t> samples) override {
    samples_.insert(samples_.end(), samples.begin(), samples.end());
  }

  Recognized result() override {
    const std::vector<std::int16_t> audio = resample(samples_, samples_per_second, model_rate);
    decoder_.set_grammar(grammar_);
    SphinxDecoder::Path said = decoder_.decode(audio);
    if (said.words.empty()) return {};
    const SphinxDecoder::Path sounds = decoder_.decode_freely(audio);
    return {std::move(said.words), 1 / (1 + std::exp((sounds.score - said.score) / doubt))};
  }

 private:
  SphinxDecoder& decoder_;
  std::string grammar_;
  std::vector<std::int16_t> samples_;
};

class SphinxRecognizer final : public Recognizer {
 public:
  explicit SphinxRecognizer(std::string folder) : folder_(std::move(folder)) {
    require_sphinx_model(folder_);
  }

  std::unique_ptr<Recognition> start(const Grammar& grammar, const std::string& language) override {
    if (!is_english(language))
      throw Error(Error::Code::unsupported,
                  "speech recognition: PocketSphinx understands \"en\" only, got \"" + language + "\"");
    if (grammar.jsgf().empty())
      throw Error(Error::Code::unsupported,
                  "speech recognition: PocketSphinx needs a grammar; ask with Grammar::phrases()");
    if (!decoder_) decoder_.emplace(folder_);
    decoder_->set_grammar(grammar.jsgf());
    return std::make_unique<SphinxRecognition>(*decoder_, grammar);
  }

 private:
  std::string folder_;
  std::optional<SphinxDecoder> decoder_;  ///< once it is needed: it takes a while to load
};

}  // namespace

std::unique_ptr<Recognizer> make_sphinx_recognizer(std::string folder) {
  return std::make_unique<SphinxRecognizer>(std::move(folder));
}

}  // namespace vcsr
