// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/recording/recording.hpp"

namespace vcsr {

struct RecordingRequest {
  std::string folder;  ///< of the recordings, or the data folder they are in
  std::string id, text, by;
  RecordingQuery query;
  std::string from, until;  ///< times as they were given
  std::string key;          ///< the archive's public key; "": the one beside the recordings
  bool json = false;
};

/// `vcsr recording …`. All throw Error.
int list_recordings(const RecordingRequest& request);
int show_recording(const RecordingRequest& request);
int note_recording(const RecordingRequest& request);
int verify_recordings(const RecordingRequest& request);
int index_recordings(const RecordingRequest& request);

}  // namespace vcsr
