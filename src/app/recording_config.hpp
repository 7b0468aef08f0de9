// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/toml_section.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/recording_policy.hpp"

namespace vcsr {

/// The keys of a queue about recording: `record`, and the terms in `recording`.
void read_queue_recording(TomlSection& section, QueueOptions& queue);
/// Every [[recording]] of the document's root.
void read_recording_rules(TomlSection& root, std::vector<RecordingRule>& rules);

}  // namespace vcsr
