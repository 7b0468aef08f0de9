// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "app/config.hpp"
#include "app/toml_section.hpp"
#include "vcsr/media/recognizer.hpp"

namespace vcsr {

/// Reads [recognizer].
void read_recognizer(TomlSection& section, RecognizerConfig& config);

/// Nothing where nobody understands callers. Throws what the engine's maker throws.
std::unique_ptr<Recognizer> make_recognizer(const RecognizerConfig& config);

}  // namespace vcsr
