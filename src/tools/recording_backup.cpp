// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "app/config.hpp"
#include "tools/recording_access.hpp"
#include "tools/recording_folder.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/backup.hpp"

namespace vcsr {

namespace {

BackupOptions backup_options(const RecordingRequest& request) {
  if (request.config.empty())
    throw Error(Error::Code::invalid, "where the backup is stands in the configuration: name it with -c");
  const Config config = load_config(request.config);
  if (!config.backup) throw Error(Error::Code::not_found, request.config + ": has no [recordings.backup]");
  return *config.backup;
}

void print(const BackupStatus& status, bool json) {
  const bool ever = status.last != WallTime{};
  if (json) {
    std::printf("%s\n", to_json(Value::Map{{"target", status.target},
                                           {"copied", status.copied},
                                           {"bytes", status.bytes},
                                           {"waiting", status.waiting},
                                           {"last", ever ? to_string(status.last) : ""},
                                           {"trouble", status.trouble}})
                            .c_str());
    return;
  }
  std::printf("%s: %zu recordings (%llu MB) are copied, %zu wait; all was copied last %s\n",
              status.target.c_str(), status.copied, static_cast<unsigned long long>(status.bytes >> 20),
              status.waiting, ever ? ("at " + to_string(status.last)).c_str() : "never");
  if (!status.trouble.empty()) std::printf("TROUBLE: %s\n", status.trouble.c_str());
}

Task<int> back_up(RecordingBackup& backup, RecordingRequest request) {
  Task<BackupStatus> asking = request.status ? backup.status() : backup.run();
  const BackupStatus status = co_await std::move(asking);
  print(status, request.json);
  co_return status.trouble.empty() ? succeeded : failed;
}

Task<int> recover(RecordingBackup& backup, RecordingRequest request) {
  Task<> recovering = backup.recover(request.id, request.by);
  co_await std::move(recovering);
  co_return succeeded;
}

int with_backup(const RecordingRequest& given, Task<int> (*work)(RecordingBackup&, RecordingRequest)) {
  const RecordingRequest request = admitted(given, Right::administer);
  AsioLoop loop;
  RecordingBackup backup(loop, archive_options(request), backup_options(request));
  return run_to_end(loop, work(backup, request));
}

}  // namespace

int back_up_recordings(const RecordingRequest& request) { return with_backup(request, back_up); }
int recover_recording(const RecordingRequest& request) { return with_backup(request, recover); }

}  // namespace vcsr
