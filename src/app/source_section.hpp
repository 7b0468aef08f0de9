// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "app/toml_section.hpp"
#include "vcsr/data_source.hpp"

namespace vcsr {

/// Reads [source.NAME]; `absolute` completes a path that was given, `read_secret` takes KEY or KEY_file.
SourceConfig read_source(TomlSection& section, const std::string& name,
                         const std::function<std::string(const std::string&)>& absolute,
                         const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret);

/// With cache, breaker and retries where they are wanted. Throws Error(invalid) with the place in the file.
std::shared_ptr<DataSource> make_source(Loop& loop, const SourceConfig& config, const Log& log);

}  // namespace vcsr
