// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Reads [customers]; `absolute` completes a path that was given. Sources are read before.
void read_customers(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                    Config& config);

}  // namespace vcsr
