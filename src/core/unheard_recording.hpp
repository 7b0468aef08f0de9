// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "vcsr/base/loop.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// What stands for a recording where the driver gives no audio: it keeps times and gaps, but no file.
std::shared_ptr<WavRecording> make_unheard_recording(Loop& loop, RecordingOptions options);

}  // namespace vcsr
