// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vcsr/base/value.hpp"
#include "vcsr/telephony/media_quality.hpp"

namespace vcsr {

/// How well a leg's audio came through, as the journal has it.
Value to_value(const MediaQuality& quality);

}  // namespace vcsr
