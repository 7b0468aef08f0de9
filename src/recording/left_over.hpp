// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/recording/recording.hpp"

namespace vcsr::recording {

/// The paths of all recordings in the folder and those below.
std::vector<std::string> recordings_below(const std::string& folder);

/// The file of this recording in whatever form it is: what a form was made of before what was made, since a
/// crash may have come in between. Throws Error(not_found).
std::string recording_beside(const std::string& path);
/// Whether there is one.
bool has_recording_beside(const std::string& path);

/// Cuts off what a crash left behind the last whole block; a file that was closed stays as it is. Returns its
/// length. Throws Error: not_found, or unavailable, also for a file that is still written.
Duration close_left_over(const std::string& path);

/// What its name, its age and its manifest tell of a recording.
RecordingDescription facts_of_left_over(const std::string& path);

}  // namespace vcsr::recording
