// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recording/digest.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/backup.hpp"

namespace vcsr::recording {

/// The place itself does not do its part: not a fault of what was to be copied.
class BackupFailure : public Error {
 public:
  using Error::Error;
};

/// Files by their names, at another place. One thread at a time. All throw BackupFailure.
class BackupStore {
 public:
  virtual ~BackupStore() = default;

  /// Whoever gets it meets this content or that before, never a part.
  virtual void put(const std::string& name, Bytes content) = 0;
  /// Nothing when there is none.
  virtual std::optional<std::vector<std::uint8_t>> get(const std::string& name) = 0;
  /// One that is not there is no fault.
  virtual void remove(const std::string& name) = 0;
};

/// "/mnt/nas/bank", "https://s3.example.com/bank/". Throws Error(invalid) for options that cannot be.
std::string target_of(const BackupOptions& options);

/// What blocks is given up soon after `stop` is set, which outlives the store.
std::unique_ptr<BackupStore> make_backup_store(const BackupOptions& options, const std::atomic<bool>& stop);
std::unique_ptr<BackupStore> make_s3_store(const S3Bucket& bucket, const std::atomic<bool>& stop);

}  // namespace vcsr::recording
