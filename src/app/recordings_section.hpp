// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/toml_section.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

/// Reads [recordings]; `absolute` completes a path that was given.
void read_recordings(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                     ArchiveOptions& options);

}  // namespace vcsr
