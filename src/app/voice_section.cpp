// SPDX-License-Identifier: Apache-2.0
#include "app/voice_section.hpp"

#include <filesystem>
#include <utility>

namespace vcsr {

void read_voice(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                VoiceConfig& voice) {
  section.read("folders", voice.folders);
  for (std::string& folder : voice.folders) {
    folder = absolute(folder);
    if (!std::filesystem::is_directory(folder)) section.fault("folders", "there is no folder " + folder);
  }
  section.read("level", voice.level);
  std::string program = std::move(voice.synthesizer);
  section.read("synthesizer", program);
  voice.synthesizer = program == "none" ? "" : program;
  section.finish();
}

}  // namespace vcsr
