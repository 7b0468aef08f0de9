// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tools/recording.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

/// The folder that was named, or recordings/ in it. Throws Error(not_found).
std::string archive_folder(const std::string& named);

/// What the configuration says, and the command line over it. Throws Error.
ArchiveOptions archive_options(const RecordingRequest& request);

/// Brings files back from the backup of the configuration. Throws Error.
int recover_recording(const RecordingRequest& request);
/// Brings a whole archive back into a folder, and checks it. Throws Error.
int restore_whole_archive(const RecordingRequest& request);

}  // namespace vcsr
