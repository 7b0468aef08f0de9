// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Reads a key, or the file that is named by the key with "_file".
using ReadSecret = std::function<void(TomlSection&, const std::string&, Secret&)>;

/// Reads [siprec] of the document's root, after the rules of recording and [sip].
void read_siprec(TomlSection& root, const ReadSecret& read_secret, Config& config);

}  // namespace vcsr
