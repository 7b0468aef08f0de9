// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/toml_section.hpp"

namespace vcsr {

/// Reads [journal]: the address of the PostgreSQL database that keeps it.
void read_journal(TomlSection& section, std::string& postgres);

}  // namespace vcsr
