// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "app/toml_section.hpp"
#include "vcsr/media/recognizer.hpp"

namespace vcsr {

/// Reads [recognizer]; `absolute` completes a path that was given, `read_secret` takes KEY or KEY_file.
void read_recognizer(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                     const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                     RecognizerConfig& config);

/// As many as work at a time; none where nobody understands callers. Throws what the engine's maker throws.
std::vector<std::unique_ptr<Recognizer>> make_recognizers(const RecognizerConfig& config);

}  // namespace vcsr
