// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "recording/vault.hpp"

namespace vcsr::recording {

/// Takes finished recordings into a vault in groups, which share the waits for the disk, and remembers those
/// that must be tried again. On the vault's thread.
class Sealer {
 public:
  Sealer(Vault& vault, Log log) : vault_(vault), log_(std::move(log)) {}

  /// These and what was left before; how many are new in the vault. What cannot be taken over is logged.
  std::size_t seal(std::vector<RecordingDescription> recordings, WallTime at);
  /// Whether nothing waits for another try.
  bool done() const { return left_.empty(); }

 private:
  std::size_t enter(std::vector<SettledRecording> recordings, WallTime at);
  void leave(const RecordingDescription& recording, const Error& why);

  Vault& vault_;
  Log log_;
  std::vector<RecordingDescription> left_;
};

}  // namespace vcsr::recording
