// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/base/task.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/worker.hpp"

namespace vcsr {

/// What may be said in answer to a question.
class VCSR_EXPORT Grammar {
 public:
  /// Whatever the recognizer understands.
  Grammar() = default;
  /// One of these, however their letters are written. Throws Error(invalid) for one that is empty or holds
  /// other than letters, digits, spaces, hyphens and apostrophes.
  static Grammar phrases(std::vector<std::string> phrases);
  /// In the Java Speech Grammar Format, "#JSGF V1.0; grammar g; public <g> = …;". Throws Error(invalid) for
  /// what does not begin so.
  static Grammar jsgf(std::string text);

  /// "" for whatever is understood.
  const std::string& jsgf() const { return jsgf_; }
  /// Whether the text is one of the phrases; true where there are none to compare it with.
  bool allows(const std::string& text) const;

 private:
  std::string jsgf_;
  std::vector<std::string> phrases_;
};

/// What somebody said.
struct Recognized {
  std::string text;       ///< "": nothing that was understood
  double confidence = 0;  ///< from 0 to 1
};

/// One utterance while it is recognized.
class VCSR_EXPORT Recognition {
 public:
  virtual ~Recognition();
  /// The next piece of audio, 8,000 samples a second.
  virtual void feed(std::span<const std::int16_t> samples) = 0;
  /// After the last of it. Throws Error: unavailable or timed_out.
  virtual Recognized result() = 0;
};

/// Audio to words. Implementations may block: Transcriber calls them on a worker, one utterance at a time.
class VCSR_EXPORT Recognizer {
 public:
  virtual ~Recognizer();
  /// `language` is a BCP 47 tag; the grammar outlives the recognition. Throws Error: unsupported or
  /// unavailable.
  virtual std::unique_ptr<Recognition> start(const Grammar& grammar, const std::string& language) = 0;
};

/// A program for each utterance: it is given a WAV file on its standard input and writes what was said as the
/// first line of its standard output, and after a tab the confidence if it knows one. In its arguments
/// "{language}" stands for the language and "{jsgf}" for a file with the grammar ("" without one).
VCSR_EXPORT std::unique_ptr<Recognizer> make_program_recognizer(std::vector<std::string> command);

/// A service that understands speech, and where its answers have the words.
struct SpeechService {
  std::string url = {};  ///< "http://127.0.0.1:9000/inference"; https:// too
  Secret token = {};     ///< sent as "Authorization: Bearer"; empty: none
  /// Fields of the form beside the audio; "{language}" and "{jsgf}" are filled in, a field left empty is not
  /// sent.
  std::vector<std::pair<std::string, std::string>> fields = {{"language", "{language}"},
                                                             {"grammar", "{jsgf}"}};
  std::string words = "/text";             ///< JSON pointer (RFC 6901) to the words
  std::string confidence = "/confidence";  ///< to a number from 0 to 1; absent: 0.5
  Duration limit = std::chrono::seconds(8);
  std::string authorities = {};  ///< PEM file of certificates; "": those of the system
};

/// Posts each utterance as a form (multipart/form-data) whose field "file" is a WAV file, as the servers of
/// Whisper and those made after OpenAI's take it, and reads words from the JSON answered. result() throws
/// Error: timed_out after the limit; refused for 401 and 403; unavailable for whatever else is no answer.
/// Throws Error(invalid) for a URL that is not HTTP and for pointers that do not begin with "/".
VCSR_EXPORT std::unique_ptr<Recognizer> make_http_recognizer(SpeechService service);

/// PocketSphinx within this program: English by a grammar, without a network; understands choices such as
/// "yes", "no" and the items of a menu well, rows of digits badly (docs/speech.md has measured rates). Loads
/// its model of 40 MB with the first utterance. `folder` is where Debian's package pocketsphinx-en-us puts
/// it. Confidence compares the words with any sounds whatever; below 0.5 rather something else was said.
/// start() throws Error(unsupported) for another language, no grammar or a word that its dictionary lacks.
/// Throws Error(unavailable) when there is no model.
VCSR_EXPORT std::unique_ptr<Recognizer> make_sphinx_recognizer(
    std::string folder = "/usr/share/pocketsphinx/model/en-us");

/// What a center understands callers with: recognizes away from the loop. Belongs to one loop; outlives the
/// tasks it returned.
class VCSR_EXPORT Transcriber {
 public:
  /// `mode`: on_loop for simulations.
  Transcriber(Loop& loop, std::unique_ptr<Recognizer> recognizer, Worker::Mode mode = Worker::Mode::thread);
  /// So many utterances at a time, each recognizer on a thread of its own; at least one.
  Transcriber(Loop& loop, std::vector<std::unique_ptr<Recognizer>> recognizers,
              Worker::Mode mode = Worker::Mode::thread);
  ~Transcriber();

  /// Throws what the recognizer throws.
  Task<Recognized> transcribe(std::vector<std::int16_t> samples, Grammar grammar, std::string language);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
