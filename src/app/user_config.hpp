// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"

namespace vcsr {

/// Reads every [[user]]; queues and agents of the configuration are known by then.
void read_users(TomlSection& root,
                const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                Config& config);

}  // namespace vcsr
