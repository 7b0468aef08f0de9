// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vcsr/media/prompt.hpp"

namespace vcsr {

/// Names of prompts and what they are in each language. A folder of prompts holds a text file per
/// language, `en.toml` with `main-menu = "Press 1 for …"`, and recordings, `en/main-menu.wav`,
/// which go before the text. Texts may hold slots: "Your balance is {amount}."
class VCSR_EXPORT PromptCatalog {
 public:
  /// A prompt in one language; with both, the recording is heard unless the text has slots.
  struct Entry {
    std::string text;  ///< empty when there is only a recording
    std::string file;  ///< empty when there is only a text
  };

  PromptCatalog() = default;
  /// Reads a folder; a later load() goes before an earlier one. Throws Error with file and line.
  void load(const std::string& folder);
  /// In place of an earlier one of this language and name.
  void add(std::string language, std::string name, Entry entry);

  /// Looks in "zh-CN", then "zh", then the default language; null when there is none.
  const Entry* find(std::string_view name, std::string_view language) const;

  /// What is to be played for one part of a prompt: its recording where there is one and the text
  /// has no slots, or else the text, its slots filled in the language in which it was found.
  struct Utterance {
    std::string text;
    std::string file;
    std::string language;
    SoundPtr sound;
  };
  /// Throws Error: not_found naming prompt, language and folders; invalid naming prompt and slot
  /// when a slot has no value or a value no slot.
  Utterance resolve(const Prompt::Part& part, std::string_view language) const;
  /// The language of the prompt, or else this one, or else the default.
  std::string language_of(const Prompt& prompt, std::string_view language) const;

  /// What is said for a part of words.
  static std::string words_of(const Prompt::Part& part, std::string_view language);

  /// What a listener would read of it: texts with their slots filled, "[name]" for a recording
  /// without text, "[sound]" for a sound. Throws Error(not_found) naming prompt, language and folders.
  std::string text(const Prompt& prompt, std::string_view language) const;

  void set_default_language(std::string language) { default_language_ = std::move(language); }
  const std::string& default_language() const { return default_language_; }

 private:
  using Entries = std::map<std::string, Entry, std::less<>>;
  struct Found {
    const Entry* entry = nullptr;
    std::string language;
  };
  Found look_up(std::string_view name, std::string_view language) const;
  void load_texts(const std::string& file, Entries& entries) const;

  std::map<std::string, Entries, std::less<>> languages_;
  std::vector<std::string> folders_;
  std::string default_language_ = "en";
};

}  // namespace vcsr
