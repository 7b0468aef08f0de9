// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vcsr/base/secret.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

/// A bucket of a store that speaks S3, from any maker. Requests are signed by AWS Signature Version 4.
struct S3Bucket {
  std::string endpoint = {};  ///< "https://s3.example.com"; http:// for one in the same room only
  std::string bucket = {};
  std::string region = "us-east-1";
  std::string prefix = {};  ///< before every name in the bucket: "bank/"
  std::string access_key = {};
  Secret secret_key = {};
  std::string authorities = {};  ///< PEM file of certificates; "": those of the system
};

/// Where recordings are copied to, one of the two, and how often.
struct BackupOptions {
  std::string directory = {};  ///< must exist: one that is not mounted is not written to
  S3Bucket s3 = {};
  Duration every = std::chrono::minutes(1);
  bool read_back = true;  ///< every copy is read once more and compared
};

/// How far the copying is.
struct BackupStatus {
  std::string target = {};   ///< "/mnt/nas/bank", "https://s3.example.com/bank/"
  std::size_t copied = 0;    ///< recordings
  std::uint64_t bytes = 0;   ///< of their audio
  std::size_t waiting = 0;   ///< to be copied, or to be removed there
  WallTime last{};           ///< when nothing was left to do; the epoch: never yet
  std::string trouble = {};  ///< "" while all is well; otherwise what an operator should know
};

/// What a restore brought back.
struct ArchiveRestored {
  std::string target = {};  ///< where it came from
  std::size_t entries = 0;  ///< of the ledger
  std::size_t recordings = 0;
  std::uint64_t bytes = 0;                ///< of their audio
  std::size_t there = 0;                  ///< recordings that were there already, whole
  std::size_t destroyed = 0;              ///< by the ledger; they do not come back
  std::vector<std::string> missing = {};  ///< what the backup has not, or not as it was recorded, and why
};

/// Brings a whole archive back from its backup: ledger, manifests, audio, keys of recordings and the public
/// key, each checked against the ledger and that against the key, and makes the catalog. Into an empty
/// folder, or into one where a restore was broken off, which then goes on. Private keys and master keys are
/// in no backup. Blocks. Throws Error: refused where something is there that differs, not_found and invalid
/// for what is no backup of an archive, unavailable.
VCSR_EXPORT ArchiveRestored restore_archive(const BackupOptions& from, const std::string& folder);

/// Copies an archive's recordings, their keys and manifests, and the ledger, to another place: each once, and
/// remembers durably which; what was destroyed is removed there as well, with an entry of the ledger as
/// proof. A place that cannot be reached is tried again after growing pauses. Used on its loop; a thread of
/// its own does the work, beside that of an Archive on the same folder.
class VCSR_EXPORT RecordingBackup {
 public:
  /// Throws Error: invalid for options that cannot be, unavailable when the folder cannot be used.
  RecordingBackup(Loop& loop, ArchiveOptions archive, BackupOptions options);
  /// Breaks off what is being copied; it is begun again another time.
  ~RecordingBackup();
  RecordingBackup(const RecordingBackup&) = delete;

  /// Copies from now on by itself and tells the journal when that fails and when it is well again. Once. The
  /// journal outlives the backup.
  void start(Journal& journal);

  /// Copies what there is to copy, now. Trouble with the place is told in the status, not thrown. Throws
  /// Error(refused) while another program copies.
  Task<BackupStatus> run();
  /// As the last run left it.
  Task<BackupStatus> status();
  /// The same without waiting, as this object's last run left it.
  const BackupStatus& last_status() const;

  /// Brings a recording's files back from the backup where they are missing or damaged; what comes is checked
  /// against the ledger first. Throws Error: not_found, refused when all is there, invalid when the copy is
  /// not what was recorded, unavailable.
  Task<> recover(std::string id, std::string by);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr
