// SPDX-License-Identifier: Apache-2.0
#include "tools/recording_folder.hpp"

#include <filesystem>

#include "app/config.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace fs = std::filesystem;

std::string archive_folder(const std::string& named) {
  for (const fs::path& folder : {fs::path(named), fs::path(named) / "recordings"})
    if (fs::exists(folder / "ledger.jsonl")) return folder.string();
  throw Error(Error::Code::not_found,
              named + ": is neither a folder of recordings nor a center's data folder");
}

ArchiveOptions archive_options(const RecordingRequest& request) {
  ArchiveOptions options;
  if (!request.config.empty()) {
    const Config config = load_config(request.config);
    options = config.recordings;
    options.folder = archive_folder(config.data);
  } else {
    options.folder = archive_folder(request.folder);
  }
  if (!request.master_key.empty()) options.master_key = request.master_key;
  if (!request.old_master_keys.empty()) options.old_master_keys = request.old_master_keys;
  options.sweep_every = Duration::zero();
  return options;
}

}  // namespace vcsr
