// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <string>

#include "recording/backup_list.hpp"
#include "recording/backup_store.hpp"
#include "recording/vault.hpp"

namespace vcsr::recording {

/// Brings what lies at the other place up to what the ledger says. One thread at a time; all it uses outlives
/// it.
class BackupRound {
 public:
  BackupRound(Vault& vault, BackupList& list, BackupStore& store, std::string target, bool read_back)
      : vault_(vault), list_(list), store_(store), target_(std::move(target)), read_back_(read_back) {}

  /// Until nothing is due or `stop` is set. A recording that cannot be copied is noted for later. Throws
  /// BackupFailure for a place that does not take what it is given, Error for an archive that cannot be read.
  void run(WallTime at, const std::atomic<bool>& stop);
  /// As RecordingBackup::recover().
  void recover(const std::string& id, const Act& act);

 private:
  void require_own_place();
  void take_over_ledger();
  void copy_ledger();
  void work_off(const BackupTask& task, WallTime at);
  std::uint64_t copy(const BackupTask& task, const std::string& file);
  void copy_facts(const std::string& file);
  void remove(const BackupTask& task, const std::string& file, WallTime at);
  void put(const std::string& name, Bytes content);
  std::vector<std::uint8_t> fetch(const std::string& name);
  bool whole(const std::string& path, const RecordingUse& recorded) const;
  Manifest recover_manifest(const std::string& file, const RecordingUse& recorded);
  void recover_audio(const std::string& file, const RecordingUse& recorded, const Manifest& manifest);

  Vault& vault_;
  BackupList& list_;
  BackupStore& store_;
  const std::string target_;
  const bool read_back_;
};

}  // namespace vcsr::recording
