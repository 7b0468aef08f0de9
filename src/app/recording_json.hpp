// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/value.hpp"
#include "vcsr/recording/recording.hpp"

namespace vcsr {

/// All that is known of it, ready for JSON; durations in seconds.
Value value_of(const ArchivedRecording& recording);

}  // namespace vcsr
