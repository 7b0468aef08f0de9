// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "recording/backup_store.hpp"
#include "recording/ledger.hpp"
#include "recording/manifest.hpp"
#include "recording/signing_key.hpp"

namespace vcsr::recording {

/// Brings a whole archive back from its backup. What is there already and the same stays, so that a restore
/// that was broken off goes on; what is there and differs is never touched.
class ArchiveRestore {
 public:
  ArchiveRestore(BackupStore& store, std::string target, std::string folder)
      : store_(store), target_(std::move(target)), folder_(std::move(folder)) {}

  /// As restore_archive().
  ArchiveRestored run();

 private:
  std::string fetch_ledger();
  std::vector<LedgerEntry> checked(const std::string& ledger, const VerifyingKey& key) const;
  /// The local ledger may have gone on meanwhile. Throws Error(refused) where it is another one.
  void require_own_ledger(const std::string& ledger) const;
  void restore(const LedgerEntry& recorded);
  Manifest restore_manifest(const std::string& file, const LedgerEntry& recorded);
  void restore_audio(const std::string& file, const LedgerEntry& recorded, const Manifest& manifest);
  void restore_remains(const std::string& file);
  /// Writes the file unless it is there. Throws Error(refused) where another one is.
  void place(const std::string& name, Bytes content);
  std::vector<std::uint8_t> fetch(const std::string& name);
  void index(const std::vector<LedgerEntry>& entries, std::size_t ledger_bytes) const;
  std::string absolute(const std::string& name) const { return folder_ + "/" + name; }

  BackupStore& store_;
  const std::string target_, folder_;
  ArchiveRestored found_;
};

}  // namespace vcsr::recording
