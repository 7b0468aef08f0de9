// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vcsr/base/loop.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr::recording {

/// Watches the space that recordings have, and refuses those that matter least first.
class DiskGuard {
 public:
  DiskGuard(Loop& loop, const ArchiveOptions& options);

  /// Looks every 5 s at most.
  DiskSpace look();
  /// "" while there is space enough; otherwise what is wrong, for an operator.
  std::string trouble();
  /// Why a recording that this rule wants may not begin; "" when it may.
  std::string refusal(const std::string& rule);

 private:
  std::string space() const;

  Loop& loop_;
  const std::string folder_;
  const DiskLimits limits_;
  const Log log_;
  std::optional<Timestamp> looked_;
  std::uint64_t free_ = 0;
  DiskSpace level_ = DiskSpace::plenty;
};

/// Makes recordings as `inner` does, where the guard allows it. The guard outlives it.
std::shared_ptr<RecordingMaker> guarded(std::shared_ptr<RecordingMaker> inner, DiskGuard& guard);

}  // namespace vcsr::recording
