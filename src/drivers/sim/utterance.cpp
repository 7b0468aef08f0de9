// SPDX-License-Identifier: Apache-2.0
#include "drivers/sim/utterance.hpp"

namespace vcsr {

namespace {

constexpr Duration unknown_duration = std::chrono::seconds(2);
constexpr std::string_view sound_text = "[sound]";

/// In UTF-8 a Chinese character has three bytes and takes about as long to say as three Latin letters.
Duration reading_time(std::size_t bytes, const SimOptions& options) {
  return Duration(
      static_cast<Duration::rep>(1e6 * static_cast<double>(bytes) / options.characters_per_second));
}

Utterance utter_from(const PromptCatalog& catalog, const Prompt& prompt, const std::string& language,
                     const SimOptions& options) {
  Utterance heard;
  heard.text = catalog.text(prompt, prompt.language().empty() ? language : prompt.language());
  std::size_t bytes = heard.text.size();
  for (const Prompt::Part& part : prompt.parts()) {
    if (part.kind == Prompt::Kind::name) heard.names.push_back(part.text);
    if (part.kind != Prompt::Kind::sound) continue;
    bytes -= std::min(bytes, sound_text.size());
    heard.duration += part.sound->duration();
  }
  heard.duration += reading_time(bytes, options);
  return heard;
}

Utterance utter_names(const Prompt& prompt, const std::string& language, const SimOptions& options) {
  Utterance heard;
  for (const Prompt::Part& part : prompt.parts()) {
    if (!heard.text.empty()) heard.text += ' ';
    if (part.kind == Prompt::Kind::name) {
      heard.names.push_back(part.text);
      heard.text += "[" + part.text + "]";
      heard.duration += unknown_duration;
    } else if (part.kind == Prompt::Kind::words) {
      const std::string words = PromptCatalog::words_of(part, language);
      heard.text += words;
      heard.duration += reading_time(words.size(), options);
    } else {
      heard.text += sound_text;
      heard.duration += part.sound->duration();
    }
  }
  return heard;
}

}  // namespace

Utterance utter(const Prompt& prompt, const std::string& language, const SimOptions& options) {
  return options.catalog
             ? utter_from(*options.catalog, prompt, language, options)
             : utter_names(prompt, prompt.language().empty() ? language : prompt.language(), options);
}

}  // namespace vcsr
