// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/access.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr {

struct RecordingRequest {
  std::string folder;  ///< of the recordings, or the data folder they are in
  std::string config;  ///< the center's configuration: names the folder, the keys and the retention rules
  std::string master_key;
  std::vector<std::string> old_master_keys;
  std::string id, text, by;
  std::string out;  ///< a file that is written
  RecordingQuery query;
  std::string from, until;   ///< times as they were given
  std::string key;           ///< the archive's public key; "": the one beside the recordings
  std::string token;         ///< of a user of the configuration
  std::optional<User> user;  ///< whose it is
  bool json = false;
  bool status = false;       ///< only what is known of the backup
  bool from_backup = false;  ///< restore: files that are missing or damaged
  std::string backup, into;  ///< restore of a whole archive: from which folder, and into which
};

/// `vcsr recording …`. All throw Error.
int list_recordings(const RecordingRequest& request);
int show_recording(const RecordingRequest& request);
int note_recording(const RecordingRequest& request);
int export_recording(const RecordingRequest& request);
int hold_recording(const RecordingRequest& request);
int release_recording(const RecordingRequest& request);
int delete_recording(const RecordingRequest& request);
int restore_recording(const RecordingRequest& request);
int destroy_recording(const RecordingRequest& request);
int sweep_recordings(const RecordingRequest& request);
int rekey_recordings(const RecordingRequest& request);
int index_recordings(const RecordingRequest& request);
int verify_recordings(const RecordingRequest& request);
int back_up_recordings(const RecordingRequest& request);
/// A new master key in a file of mode 0600.
int make_master_key(const RecordingRequest& request);

}  // namespace vcsr
