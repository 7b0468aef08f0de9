// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recognizer.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

/// Small letters, single spaces, nothing else between the words: "Yes, please." is "yes please".
std::string plain(const std::string& text) {
  std::string words;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '\'') words += static_cast<char>(std::tolower(byte));
    else if (!words.empty() && words.back() != ' ') words += ' ';
  }
  while (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

void check_phrase(const std::string& phrase) {
  const bool sayable = std::all_of(phrase.begin(), phrase.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalnum(c) != 0 || c == ' ' || c == '-' || c == '\'';
  });
  if (!sayable || plain(phrase).empty())
    throw Error(
        Error::Code::invalid,
        "grammar: expected words of letters, digits, hyphens and apostrophes, got \"" + phrase + "\"");
}

}  // namespace

Recognition::~Recognition() = default;
Recognizer::~Recognizer() = default;

Grammar Grammar::phrases(std::vector<std::string> phrases) {
  Grammar grammar;
  std::string alternatives;
  for (std::string& phrase : phrases) {
    check_phrase(phrase);
    std::replace(phrase.begin(), phrase.end(), '-', ' ');
    alternatives += (alternatives.empty() ? "" : " | ") + phrase;
    grammar.phrases_.push_back(plain(phrase));
  }
  if (!phrases.empty())
    grammar.jsgf_ = "#JSGF V1.0; grammar phrases; public <phrase> = " + alternatives + ";";
  return grammar;
}

Grammar Grammar::jsgf(std::string text) {
  if (!text.starts_with("#JSGF"))
    throw Error(Error::Code::invalid,
                "grammar: expected \"#JSGF V1.0;\" at the beginning, got \"" + text.substr(0, 20) + "\"");
  Grammar grammar;
  grammar.jsgf_ = std::move(text);
  return grammar;
}

bool Grammar::allows(const std::string& text) const {
  return phrases_.empty() || std::find(phrases_.begin(), phrases_.end(), plain(text)) != phrases_.end();
}

class Transcriber::Impl {
 public:
  Impl(Loop& loop, std::unique_ptr<Recognizer> engine, Worker::Mode mode)
      : recognizer(std::move(engine)), worker(loop, mode) {}

  std::unique_ptr<Recognizer> recognizer;
  Worker worker;  ///< last: its jobs use the recognizer
};

Transcriber::Transcriber(Loop& loop, std::unique_ptr<Recognizer> recognizer, Worker::Mode mode)
    : impl_(std::make_unique<Impl>(loop, std::move(recognizer), mode)) {}
Transcriber::~Transcriber() = default;

Task<Recognized> Transcriber::transcribe(std::vector<std::int16_t> samples, Grammar grammar,
                                         std::string language) {
  return impl_->worker.run([recognizer = impl_->recognizer.get(), samples = std::move(samples),
                            grammar = std::move(grammar), language = std::move(language)] {
    const std::unique_ptr<Recognition> recognition = recognizer->start(grammar, language);
    recognition->feed(samples);
    return recognition->result();
  });
}

}  // namespace vcsr
