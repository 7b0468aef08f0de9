// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/access.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

/// What somebody wants to be found: {"number": "*1234", "queue": "cards", "limit": 20}; everything may be
/// left out. Throws Error(invalid) naming the field.
RecordingQuery parse_recording_query(std::string_view json);

/// What somebody wants to be done with a recording: {"do": "hold", "reason": "lawsuit 12"}.
struct RecordingWish {
  std::string action, text;
  Right right = Right::listen;
};
/// Throws Error(invalid) naming the field.
RecordingWish parse_recording_wish(std::string_view json);
Task<> fulfil(Archive& archive, std::string id, RecordingWish wish, std::string by);

}  // namespace vcsr
