// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// One [[number]]; `config` has the hours and mailboxes by then. Whether it is given twice is not looked at.
NumberConfig read_number(TomlSection& section, const std::string& folder, const Config& config);

}  // namespace vcsr
