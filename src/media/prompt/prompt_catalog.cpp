// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/prompt_catalog.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <toml++/toml.h>

#include "media/prompt/slots.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;

/// "en", "zh-CN", "cmn-Hans-CN".
bool is_language_tag(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  const auto is_part_of_tag = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; };
  const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
  return (primary.size() == 2 || primary.size() == 3) &&
         std::all_of(primary.begin(), primary.end(), is_letter) &&
         std::all_of(tag.begin(), tag.end(), is_part_of_tag);
}

/// In an order that does not depend on the disk.
std::vector<fs::path> content_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    paths.push_back(at->path());
  if (error)
    throw Error(Error::Code::not_found,
                folder.string() + ": folder of prompts cannot be read: " + error.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

[[noreturn]] void fail(const std::string& file, const toml::source_region& source,
                       const std::string& message) {
  throw Error(Error::Code::invalid,
              Place{.document = file, .line = static_cast<int>(source.begin.line), .field = {}}, message);
}

toml::table parse_toml(const std::string& file) {
  try {
    return toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    fail(file, error.source(), std::string(error.description()));
  }
}

/// "zh-CN" and "zh" of "zh-CN".
void add_with_primary(std::vector<std::string>& languages, std::string_view language) {
  for (const std::string_view tag : {language, language.substr(0, language.find('-'))})
    if (!tag.empty() && std::find(languages.begin(), languages.end(), tag) == languages.end())
      languages.emplace_back(tag);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

void PromptCatalog::load(const std::string& folder) {
  std::map<std::string, Entries, std::less<>> loaded;
  for (const fs::path& path : content_of(folder)) {
    const bool is_folder = fs::is_directory(path);
    if (!is_folder && path.extension() != ".toml") continue;
    const std::string language = is_folder ? path.filename().string() : path.stem().string();
    if (!is_language_tag(language)) {
      if (is_folder) continue;
      throw Error(Error::Code::invalid,
                  path.string() +
                      ": expected the name of a text file to be a language, as in en.toml or "
                      "zh-CN.toml, got \"" +
                      language + "\"");
    }
    Entries& entries = loaded[language];
    if (!is_folder) {
      load_texts(path.string(), entries);
      continue;
    }
    for (const fs::path& recording : content_of(path))
      if (recording.extension() == ".wav") entries[recording.stem().string()].file = recording.string();
  }
  if (loaded.empty())
    throw Error(Error::Code::not_found,
                folder + ": holds no prompts; expected LANGUAGE.toml or LANGUAGE/NAME.wav");
  for (auto& [language, entries] : loaded)
    for (auto& [name, entry] : entries) add(language, name, std::move(entry));
  folders_.push_back(folder);
}

void PromptCatalog::load_texts(const std::string& file, Entries& entries) const {
  const toml::table table = parse_toml(file);
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    const auto text = node.value<std::string>();
    if (!node.is_string()) {
      std::string message = name + ": expected a text in quotes";
      if (node.is_table()) message += ", got a table; a name with dots is written in quotes";
      fail(file, node.source(), message);
    }
    try {
      split_slots(*text);
    } catch (const Error& error) {
      fail(file, node.source(), name + ": " + error.what());
    }
    entries[name].text = *text;
  }
}

void PromptCatalog::add(std::string language, std::string name, Entry entry) {
  languages_[std::move(language)].insert_or_assign(std::move(name), std::move(entry));
}

PromptCatalog::Found PromptCatalog::look_up(std::string_view name, std::string_view language) const {
  std::vector<std::string> tried;
  add_with_primary(tried, language);
  add_with_primary(tried, default_language_);
  for (const std::string& tag : tried) {
    const auto entries = languages_.find(tag);
    if (entries == languages_.end()) continue;
    const auto entry = entries->second.find(name);
    if (entry != entries->second.end()) return {&entry->second, tag};
  }
  return {nullptr, joined(tried)};
}

const PromptCatalog::Entry* PromptCatalog::find(std::string_view name, std::string_view language) const {
  return look_up(name, language).entry;
}

std::string PromptCatalog::words_of(const Prompt::Part& part, std::string_view language) {
  const auto value = part.slots.find("");
  return value == part.slots.end() ? part.text : value->second.text(language);
}

PromptCatalog::Utterance PromptCatalog::resolve(const Prompt::Part& part, std::string_view language) const {
  if (part.kind == Prompt::Kind::sound) return {.text = "", .file = "", .language = "", .sound = part.sound};
  if (part.kind == Prompt::Kind::words)
    return {.text = words_of(part, language), .file = "", .language = std::string(language), .sound = {}};
  const Found found = look_up(part.text, language);
  if (!found.entry)
    throw Error(
        Error::Code::not_found,
        "prompt \"" + part.text + "\": there is none in " + found.language + "; " +
            (folders_.empty() ? "no folder of prompts was loaded" : "searched in " + joined(folders_)));
  Utterance utterance{.text = fill_slots(part.text, found.entry->text, part.slots, found.language),
                      .file = "",
                      .language = found.language,
                      .sound = {}};
  if (part.slots.empty()) utterance.file = found.entry->file;
  return utterance;
}

std::string PromptCatalog::language_of(const Prompt& prompt, std::string_view language) const {
  if (!prompt.language().empty()) return prompt.language();
  return language.empty() ? default_language_ : std::string(language);
}

std::string PromptCatalog::text(const Prompt& prompt, std::string_view language) const {
  const std::string spoken = language_of(prompt, language);
  std::string text;
  for (const Prompt::Part& part : prompt.parts()) {
    const Utterance utterance = resolve(part, spoken);
    if (!text.empty()) text += " ";
    if (utterance.sound) text += "[sound]";
    else text += utterance.text.empty() ? "[" + part.text + "]" : utterance.text;
  }
  return text;
}

}  // namespace vcsr
