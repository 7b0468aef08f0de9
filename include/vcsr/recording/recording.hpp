// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// What a recording is about, as its call told.
struct RecordingDescription {
  std::string id = {};
  std::string file = {};     ///< its path
  std::string contact = {};  ///< id
  std::string from = {}, to = {};
  std::string agent = {};   ///< id; "": nobody answered
  std::string queue = {};   ///< "": none was waited in
  std::string reason = {};  ///< why the customer called
  std::string label = {};   ///< the rule that had it recorded, or why: "voicemail"; "": none
  WallTime began{};
  Duration length{};
  Duration paused{};
  Duration lost{};
  Value::List gaps = {};   ///< what is not in it, as recording.finished lists it
  std::string error = {};  ///< why something is missing; "" otherwise
};

/// Where a recording is in its life.
enum class RecordingState {
  kept,       ///< can be listened to
  deleted,    ///< waits for the end of its grace period; can be brought back
  destroyed,  ///< gone, with proof
};
VCSR_EXPORT const char* to_string(RecordingState state) noexcept;

/// A note somebody made to a recording.
struct RecordingNote {
  WallTime at{};
  std::string by = {};
  std::string text = {};
};

/// A recording as the archive knows it.
struct ArchivedRecording {
  /// The file relative to the archive's folder; empty but for id and times once destroyed.
  RecordingDescription facts;
  std::uint64_t number = 0;  ///< of its entry in the ledger
  std::uint64_t bytes = 0;
  std::string key = {};  ///< id of the master key that opens it; "": not encrypted
  RecordingState state = RecordingState::kept;
  WallTime deleted{};     ///< of those deleted: since when
  std::string hold = {};  ///< why it may not be deleted; "": it may
  std::vector<RecordingNote> notes = {};
};

/// Which recordings are sought: all that is given must hold.
struct RecordingQuery {
  /// Caller or called, an address or its number; "*" stands for any digits: "*1234".
  std::string number = {};
  std::string agent = {}, queue = {}, contact = {}, label = {};
  std::string text = {};             ///< in a note or in the reason
  WallTime from{};                   ///< begun at or after
  WallTime until = WallTime::max();  ///< begun before
  bool deleted = false;              ///< also those that are deleted or destroyed
  std::size_t limit = 50;
  std::string after = {};  ///< id of the last one of the page before
};

/// Something that was done with a recording: a line of the ledger.
struct RecordingUse {
  std::uint64_t number = 0;
  WallTime at{};
  std::string by = {};
  std::string kind = {};  ///< "recorded", "listened", "exported", "noted", "held", "released", "deleted", …
  std::string recording = {};
  Facts details = {};
  std::string hash = {};  ///< of the entry: what the next one names
};

}  // namespace vcsr
