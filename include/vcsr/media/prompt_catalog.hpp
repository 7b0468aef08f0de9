// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "vcsr/media/prompt.hpp"

namespace vcsr {

/// Names of prompts and what they are in each language. A folder of prompts holds a text file per
/// language, `en.toml` with `main-menu = "Press 1 for …"`, and recordings, `en/main-menu.wav`,
/// which go before the text. Texts may hold slots: "Your balance is {amount}."
class VCSR_EXPORT PromptCatalog {
 public:
  struct Entry {
    std::string text;  ///< empty when there is only a recording
    std::string file;  ///< empty when there is only a text
  };

  PromptCatalog() = default;
  /// Reads a folder; a later load() goes before an earlier one. Throws Error with file and line.
  void load(const std::string& folder);
  void add(std::string language, std::string name, Entry entry);

  /// Looks in "zh-CN", then "zh", then the default language; null when there is none.
  const Entry* find(std::string_view name, std::string_view language) const;

  /// What a listener would read of it: texts with their slots filled, "[name]" for a recording
  /// without text, "[sound]" for a sound. Throws Error(not_found) naming prompt, language and folders.
  std::string text(const Prompt& prompt, std::string_view language) const;

  void set_default_language(std::string language) { default_language_ = std::move(language); }
  const std::string& default_language() const { return default_language_; }

 private:
  std::map<std::string, std::map<std::string, Entry, std::less<>>, std::less<>> languages_;
  std::string default_language_ = "en";
};

}  // namespace vcsr
