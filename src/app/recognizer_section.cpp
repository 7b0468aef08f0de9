// SPDX-License-Identifier: Apache-2.0
#include "app/recognizer_section.hpp"

#include <initializer_list>
#include <utility>

namespace vcsr {

namespace {

using Engine = RecognizerConfig::Engine;

/// A key of another engine is a mistake, not a wish that may be forgotten.
void only_for(Engine engine, const RecognizerConfig& config, TomlSection& section,
              std::initializer_list<const char*> keys) {
  for (const char* key : keys)
    if (section.has(key) && config.engine != engine)
      section.fault(key, "stands without the engine that it belongs to");
}

void read_fields(TomlSection& section, SpeechService& service) {
  auto fields = section.section("fields");
  if (!fields) return;
  service.fields.clear();
  for (const auto& [name, text] : fields->rest()) service.fields.emplace_back(name, text.text());
}

void read_service(TomlSection& section, SpeechService& service) {
  section.read("url", service.url);
  read_fields(section, service);
  for (const auto& [key, pointer] : {std::pair("words", &service.words), {"confidence", &service.confidence}})
    if (section.read(key, *pointer) && !pointer->starts_with('/'))
      section.wrong(key, "a JSON pointer such as \"/text\"");
  section.read("limit", service.limit, std::chrono::milliseconds(100));
  section.read("authorities", service.authorities);
}

}  // namespace

void read_recognizer(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                     const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                     RecognizerConfig& config) {
  section.read<Engine>("engine", config.engine,
                       {{"none", Engine::none},
                        {"pocketsphinx", Engine::pocketsphinx},
                        {"program", Engine::program},
                        {"http", Engine::http}});
  section.read("at_a_time", config.at_a_time, 1, 64);
  section.read("program", config.program);
  read_service(section, config.service);
  read_secret(section, "token", config.service.token);
  if (!config.service.authorities.empty()) config.service.authorities = absolute(config.service.authorities);
  only_for(Engine::program, config, section, {"program"});
  only_for(Engine::http, config, section,
           {"url", "fields", "words", "confidence", "limit", "authorities", "token", "token_file"});
  if (config.engine == Engine::program && config.program.empty())
    section.fault("program",
                  "is missing: expected a program and its arguments such as [\"hear\", \"{language}\"]");
  const std::string& url = config.service.url;
  if (config.engine == Engine::http && !url.starts_with("http://") && !url.starts_with("https://"))
    section.fault("url", "expected a URL such as \"http://127.0.0.1:9000/inference\", got \"" + url + "\"");
  section.finish();
}

namespace {

std::unique_ptr<Recognizer> make_recognizer(const RecognizerConfig& config) {
  switch (config.engine) {
    case Engine::none: break;
    case Engine::pocketsphinx: return make_sphinx_recognizer();
    case Engine::program: return make_program_recognizer(config.program);
    case Engine::http: return make_http_recognizer(config.service);
  }
  return nullptr;
}

}  // namespace

std::vector<std::unique_ptr<Recognizer>> make_recognizers(const RecognizerConfig& config) {
  std::vector<std::unique_ptr<Recognizer>> made;
  if (config.engine == Engine::none) return made;
  while (made.size() < config.at_a_time) made.push_back(make_recognizer(config));
  return made;
}

}  // namespace vcsr
