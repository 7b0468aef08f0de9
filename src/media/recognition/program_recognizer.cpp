// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

#include "media/file.hpp"
#include "media/program.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/media/wav.hpp"

namespace vcsr {

namespace {

constexpr Duration time_limit = std::chrono::seconds(20);
/// Where a program knows none: it would not have told the words.
constexpr double unknown_confidence = 0.5;

/// The grammar as a file, as long as the program runs; "" for none.
class GrammarFile {
 public:
  explicit GrammarFile(const std::string& jsgf) {
    if (jsgf.empty()) return;
    path = "/tmp/vcsr-grammar-XXXXXX";
    const int file = ::mkstemp(path.data());
    if (file < 0)
      throw Error(Error::Code::unavailable,
                  "speech recognition: no file can be made in /tmp: " + system_words(errno));
    ::close(file);
    write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(jsgf.data()), jsgf.size()));
  }
  ~GrammarFile() {
    if (!path.empty()) ::unlink(path.c_str());
  }
  GrammarFile(const GrammarFile&) = delete;
  GrammarFile& operator=(const GrammarFile&) = delete;

  std::string path;
};

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
    text.replace(at, what.size(), with);
}

Recognized parse(const std::vector<std::uint8_t>& output) {
  const std::string line(output.begin(), std::find(output.begin(), output.end(), '\n'));
  const std::size_t tab = line.find('\t');
  Recognized said{line.substr(0, tab), 0};
  if (said.text.empty()) return said;
  said.confidence = unknown_confidence;
  if (tab != line.npos) {
    double value = 0;
    const auto [end, error] = std::from_chars(line.data() + tab + 1, line.data() + line.size(), value);
    if (error == std::errc()) said.confidence = std::clamp(value, 0.0, 1.0);
  }
  return said;
}

class ProgramRecognition final : public Recognition {
 public:
  ProgramRecognition(std::vector<std::string> command, const Grammar& grammar, const std::string& language)
      : command_(std::move(command)), grammar_(grammar.jsgf()) {
    for (std::string& word : command_) {
      replace(word, "{language}", language);
      replace(word, "{jsgf}", grammar_.path);
    }
  }

  void feed(std::span<const std::int16_t> samples) override {
    audio_.samples.insert(audio_.samples.end(), samples.begin(), samples.end());
  }

  Recognized result() override {
    const std::vector<std::uint8_t> wav = encode_wav(audio_, WavFormat::pcm16);
    const std::string_view input(reinterpret_cast<const char*>(wav.data()), wav.size());
    const ProgramResult result = run_program(command_, input, time_limit);
    if (result.status != 0)
      throw Error(Error::Code::unavailable, command_.front() + ": ended with status " +
                                                std::to_string(result.status) + ": " + result.complaints);
    return parse(result.output);
  }

 private:
  std::vector<std::string> command_;
  GrammarFile grammar_;
  WavAudio audio_;
};

class ProgramRecognizer final : public Recognizer {
 public:
  explicit ProgramRecognizer(std::vector<std::string> command) : command_(std::move(command)) {}
  std::unique_ptr<Recognition> start(const Grammar& grammar, const std::string& language) override {
    return std::make_unique<ProgramRecognition>(command_, grammar, language);
  }

 private:
  std::vector<std::string> command_;
};

}  // namespace

std::unique_ptr<Recognizer> make_program_recognizer(std::vector<std::string> command) {
  if (command.empty())
    throw Error(Error::Code::invalid, "speech recognition: expected a program and its arguments");
  return std::make_unique<ProgramRecognizer>(std::move(command));
}

}  // namespace vcsr
