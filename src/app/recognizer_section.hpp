// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"
#include "vcsr/media/recognizer.hpp"

namespace vcsr {

/// Reads [recognizer]; `absolute` completes a path that was given, `read_secret` takes KEY or KEY_file.
void read_recognizer(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                     const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                     RecognizerConfig& config);

/// Nothing where nobody understands callers. Throws what the engine's maker throws.
std::unique_ptr<Recognizer> make_recognizer(const RecognizerConfig& config);

}  // namespace vcsr
