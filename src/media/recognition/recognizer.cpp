// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recognizer.hpp"

#include <algorithm>
#include <atomic>
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
  /// A recognizer and who waits for it.
  struct Desk {
    Desk(Loop& loop, std::unique_ptr<Recognizer> engine, Worker::Mode mode)
        : recognizer(std::move(engine)), worker(loop, mode) {}

    std::unique_ptr<Recognizer> recognizer;
    std::atomic<int> waiting = 0;  ///< the one being served included
    Worker worker;                 ///< last: its jobs use the others
  };

  Impl(Loop& loop, std::vector<std::unique_ptr<Recognizer>> engines, Worker::Mode mode) {
    VCSR_ASSERT(!engines.empty());
    for (std::unique_ptr<Recognizer>& engine : engines)
      desks.push_back(std::make_unique<Desk>(loop, std::move(engine), mode));
  }
  Desk& least_busy() {
    return **std::min_element(desks.begin(), desks.end(), [](const auto& one, const auto& other) {
      return one->waiting.load() < other->waiting.load();
    });
  }

  std::vector<std::unique_ptr<Desk>> desks;
};

namespace {

std::vector<std::unique_ptr<Recognizer>> only(std::unique_ptr<Recognizer> recognizer) {
  std::vector<std::unique_ptr<Recognizer>> one;
  one.push_back(std::move(recognizer));
  return one;
}

/// Counts down whatever becomes of a job.
struct Served {
  explicit Served(std::atomic<int>& waiting) : waiting(waiting) {}
  ~Served() { --waiting; }
  Served(const Served&) = delete;
  std::atomic<int>& waiting;
};

}  // namespace

Transcriber::Transcriber(Loop& loop, std::unique_ptr<Recognizer> recognizer, Worker::Mode mode)
    : Transcriber(loop, only(std::move(recognizer)), mode) {}
Transcriber::Transcriber(Loop& loop, std::vector<std::unique_ptr<Recognizer>> recognizers, Worker::Mode mode)
    : impl_(std::make_unique<Impl>(loop, std::move(recognizers), mode)) {}
Transcriber::~Transcriber() = default;

Task<Recognized> Transcriber::transcribe(std::vector<std::int16_t> samples, Grammar grammar,
                                         std::string language) {
  Impl::Desk& desk = impl_->least_busy();
  ++desk.waiting;
  return desk.worker.run(
      [&desk, samples = std::move(samples), grammar = std::move(grammar), language = std::move(language)] {
        const Served served(desk.waiting);
        const std::unique_ptr<Recognition> recognition = desk.recognizer->start(grammar, language);
        recognition->feed(samples);
        return recognition->result();
      });
}

}  // namespace vcsr
