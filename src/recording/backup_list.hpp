// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/sqlite/database.hpp"
#include "vcsr/recording/backup.hpp"

namespace vcsr::recording {

/// What is to be done with a recording's files at the other place.
enum class BackupWork : int {
  facts = 0,   ///< manifest and key are copied
  whole = 1,   ///< and the audio
  remove = 2,  ///< everything goes
};

struct BackupTask {
  std::string recording;
  std::uint64_t number = 0;  ///< of the entry of the ledger that asks for it
  BackupWork work = BackupWork::whole;
  int attempts = 0;
};

/// How much of the ledger is copied. It lies there in pieces that are named by where they begin.
struct LedgerCopy {
  std::uint64_t begin = 0;  ///< of the last piece, bytes
  std::uint64_t end = 0;
};

/// What is copied to one target and what is not, durably: backup.db in the folder of the archive. One thread
/// at a time. Throws Error(unavailable).
class BackupList {
 public:
  BackupList(const std::string& folder, std::string target);

  /// Up to which entry of the ledger the list knows.
  std::uint64_t place();
  /// Takes entries over, and with them the place.
  void take(const std::vector<RecordingUse>& uses);

  /// Those whose time has come, the oldest first.
  std::vector<BackupTask> due(WallTime at, std::size_t limit);
  void done(const BackupTask& task, std::uint64_t bytes, WallTime at);
  /// For another try at `again`.
  void failed(const BackupTask& task, const std::string& why, WallTime again);

  LedgerCopy ledger();
  void set_ledger(const LedgerCopy& copy);
  /// Whether anything was ever copied there.
  bool used();

  void set_last(WallTime at);
  BackupStatus status();

 private:
  template <class Work>
  auto attempt(Work work) -> decltype(work());
  template <class... Values>
  int run(const char* text, const Values&... values);
  std::int64_t number(const char* text);
  void take(const RecordingUse& use);

  const sqlite::Store store_;
  const std::string target_;
  SQLite::Database database_;
};

}  // namespace vcsr::recording
