// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/toml_section.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recording_policy.hpp"

namespace vcsr {

/// The keys of a queue about recording: `record`, and the terms in `recording`.
void read_queue_recording(TomlSection& section, QueueOptions& queue);
/// One [[recording]].
RecordingRule read_recording_rule(TomlSection& section);

}  // namespace vcsr
