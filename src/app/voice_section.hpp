// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Reads [voice]; `absolute` completes a path that was given.
void read_voice(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                VoiceConfig& voice);

}  // namespace vcsr
