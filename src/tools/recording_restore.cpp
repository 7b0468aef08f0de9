// SPDX-License-Identifier: Apache-2.0
// Brings a whole archive of recordings back from its backup.
#include <cstdio>
#include <filesystem>

#include "app/config.hpp"
#include "tools/recording_folder.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/backup.hpp"

namespace vcsr {

namespace {

namespace fs = std::filesystem;

/// There is no ledger yet that could tell of who may not.
void require_administrator(const Config& config, const std::string& token, const std::string& file) {
  if (config.users.empty()) return;
  const std::optional<User> user = user_with_token(config.users, token);
  if (!user) throw Error(Error::Code::refused, file + ": has users; give the token of one in VCSR_TOKEN");
  require_right(*user, Right::administer);
}

BackupOptions backup_of(const RecordingRequest& request, const std::optional<Config>& config) {
  if (!request.backup.empty()) return {.directory = request.backup};
  if (!config)
    throw Error(Error::Code::invalid,
                "say where the backup is: --from DIRECTORY, or -c with a configuration that has "
                "[recordings.backup]");
  if (!config->backup) throw Error(Error::Code::not_found, request.config + ": has no [recordings.backup]");
  return *config->backup;
}

std::string folder_of(const RecordingRequest& request, const std::optional<Config>& config) {
  if (!request.into.empty()) return request.into;
  return (config ? config->data : request.folder) + "/recordings";
}

void print(const ArchiveRestored& restored, const std::string& folder) {
  for (const std::string& missing : restored.missing) std::printf("MISSING: %s\n", missing.c_str());
  std::printf(
      "%s -> %s: %zu entries of the ledger; %zu recordings (%llu MB) came back, %zu were there, "
      "%zu destroyed, %zu missing\n",
      restored.target.c_str(), folder.c_str(), restored.entries, restored.recordings,
      static_cast<unsigned long long>(restored.bytes >> 20), restored.there, restored.destroyed,
      restored.missing.size());
}

}  // namespace

int restore_whole_archive(const RecordingRequest& request) {
  std::optional<Config> config;
  if (!request.config.empty()) {
    config = load_config(request.config);
    require_administrator(*config, request.token, request.config);
  }
  const std::string folder = fs::absolute(folder_of(request, config)).lexically_normal().string();
  const ArchiveRestored restored = restore_archive(backup_of(request, config), folder);
  print(restored, folder);
  RecordingRequest check;
  check.folder = folder;
  check.key = request.key.empty() ? folder + "/keys/public.pem" : request.key;
  const int verified = verify_recordings(check);
  const std::string own_key = config ? config->recordings.signing_key : "";
  if (!fs::exists(own_key.empty() ? folder + "/keys/signing.pem" : own_key))
    std::printf(
        "the private keys are in no backup: put the archive's signing.pem into %s/keys before a center "
        "works there\n",
        folder.c_str());
  return restored.missing.empty() ? verified : failed;
}

}  // namespace vcsr
