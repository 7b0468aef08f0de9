// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Reads [siprec] of the document's root, after the rules of recording and [sip].
void read_siprec(TomlSection& root, Config& config);

}  // namespace vcsr
