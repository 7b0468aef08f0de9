// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "vcsr/recording/recording.hpp"

namespace vcsr {

/// A recording as a line for people, as several, and as JSON.
std::string line_of(const ArchivedRecording& recording);
std::string page_of(const ArchivedRecording& recording);
std::string json_of(const ArchivedRecording& recording);

/// "2026-11-22T09:30:00.250Z  exported  anna  to=/tmp/a.wav"
std::string line_of(const RecordingUse& use);

/// "2:05" for two minutes and five seconds.
std::string clock_of(Duration length);

/// A time as people write it: "2026-11-22", "2026-11-22T09:30", "2026-11-22T09:30:00Z", all UTC. Throws
/// Error(invalid).
WallTime time_of(const std::string& text);

}  // namespace vcsr
