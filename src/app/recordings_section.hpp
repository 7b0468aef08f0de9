// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/toml_section.hpp"
#include "vcsr/recording/archive.hpp"
#include "vcsr/recording/backup.hpp"

namespace vcsr {

/// Reads [recordings] and [recordings.backup]; `absolute` completes a path that was given, `read_secret`
/// reads a secret or the file that holds it.
void read_recordings(TomlSection& section, const std::function<std::string(const std::string&)>& absolute,
                     const std::function<void(TomlSection&, const std::string&, Secret&)>& read_secret,
                     ArchiveOptions& options, std::optional<BackupOptions>& backup);

}  // namespace vcsr
