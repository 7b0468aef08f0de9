// SPDX-License-Identifier: Apache-2.0
#include "recording/sealer.hpp"

#include <optional>
#include <utility>

#include "vcsr/base/error.hpp"

namespace vcsr::recording {

std::size_t Sealer::seal(std::vector<RecordingDescription> recordings, WallTime at) {
  for (RecordingDescription& recording : left_) recordings.push_back(std::move(recording));
  left_.clear();
  std::vector<SettledRecording> settled;
  for (const RecordingDescription& recording : recordings) {
    try {
      if (std::optional<SettledRecording> one = vault_.settle(recording)) settled.push_back(*std::move(one));
    } catch (const Error& error) {
      leave(recording, error);
    }
  }
  return enter(std::move(settled), at);
}

std::size_t Sealer::enter(std::vector<SettledRecording> recordings, WallTime at) {
  try {
    return vault_.seal(recordings, at);
  } catch (const Error& error) {
    if (recordings.size() == 1) {
      leave(recordings[0].facts, error);
      return 0;
    }
  }
  // One that cannot be entered must not keep back the others.
  std::size_t entered = 0;
  for (SettledRecording& recording : recordings) entered += enter({std::move(recording)}, at);
  return entered;
}

void Sealer::leave(const RecordingDescription& recording, const Error& why) {
  log_.error("a recording cannot be archived", {{"file", recording.file}, {"why", why.what()}});
  if (why.code() == Error::Code::unavailable) left_.push_back(recording);
}

}  // namespace vcsr::recording
