// SPDX-License-Identifier: Apache-2.0
#include "app/recognizer_section.hpp"

namespace vcsr {

namespace {

using Engine = RecognizerConfig::Engine;

/// A key of another engine is a mistake, not a wish that may be forgotten.
void only_for(Engine engine, TomlSection& section, const char* key, const RecognizerConfig& config) {
  if (section.has(key) && config.engine != engine)
    section.fault(key, "stands without the engine that it belongs to");
}

}  // namespace

void read_recognizer(TomlSection& section, RecognizerConfig& config) {
  section.read<Engine>(
      "engine", config.engine,
      {{"none", Engine::none}, {"pocketsphinx", Engine::pocketsphinx}, {"program", Engine::program}});
  section.read("program", config.program);
  only_for(Engine::program, section, "program", config);
  if (config.engine == Engine::program && config.program.empty())
    section.fault("program",
                  "is missing: expected a program and its arguments such as [\"hear\", \"{language}\"]");
  section.finish();
}

std::unique_ptr<Recognizer> make_recognizer(const RecognizerConfig& config) {
  switch (config.engine) {
    case Engine::none: break;
    case Engine::pocketsphinx: return make_sphinx_recognizer();
    case Engine::program: return make_program_recognizer(config.program);
  }
  return nullptr;
}

}  // namespace vcsr
