// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "vcsr/base/loop.hpp"
#include "vcsr/base/worker.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr::recording {

/// Watches the space that recordings have, and refuses those that matter least first.
class DiskGuard {
 public:
  /// Looks for the first time. The worker takes the further looks, and ends before the guard does.
  DiskGuard(Loop& loop, Worker& worker, const ArchiveOptions& options);

  /// As of the last look; when that is 5 s old the worker takes another.
  DiskSpace look();
  /// "" while there is space enough; otherwise what is wrong, for an operator.
  std::string trouble();
  /// Why a recording that this rule wants may not begin; "" when it may.
  std::string refusal(const std::string& rule);

 private:
  std::uint64_t measure() const;
  std::string space() const;

  Loop& loop_;
  Worker& worker_;
  const std::string folder_;
  const DiskLimits limits_;
  const Log log_;
  Timestamp looked_;
  std::atomic<std::uint64_t> free_;
  std::atomic<bool> looking_ = false;
  DiskSpace level_ = DiskSpace::plenty;
};

/// Makes recordings as `inner` does, where the guard allows it. The guard outlives it.
std::shared_ptr<RecordingMaker> guarded(std::shared_ptr<RecordingMaker> inner, DiskGuard& guard);

}  // namespace vcsr::recording
