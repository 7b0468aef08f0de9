// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "vcsr/media/recording_writer.hpp"
#include "vcsr/recording/live.hpp"

namespace vcsr::recording {

class Ears;

/// The recordings that run just now, so that somebody can listen to them. On the loop.
class LiveRecordings {
 public:
  /// Makes recordings as `inner` does, and knows them while they run. This outlives it.
  std::shared_ptr<RecordingMaker> watching(std::shared_ptr<RecordingMaker> inner);

  /// Throws Error: not_found when no recording of this path runs, refused when enough listen to it.
  LiveListening listen(const std::string& path);

 private:
  class Maker;
  void forget_ended();

  struct Running {
    std::weak_ptr<WavRecording> recording;
    std::weak_ptr<Ears> ears;  ///< the recording's, from the first listener on
  };

  std::map<std::string, Running> running_;
  std::size_t worth_a_look_ = 1;  ///< entries: at twice what was left, looking costs no more than adding
};

}  // namespace vcsr::recording
