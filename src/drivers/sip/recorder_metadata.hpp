// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "vcsr/base/time.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr::sip {

/// What names the parts of a recording session: 128 random bits each.
struct RecorderIds {
  using Id = std::array<std::uint64_t, 2>;
  Id session, customer, party;
  std::array<Id, 2> streams;
};

/// The description of a recorded call (RFC 7865), complete: its two participants and two streams.
std::string recording_metadata(const RecordedCall& call, const RecorderIds& ids, WallTime began);

/// The body of the INVITE (RFC 7866 §9.1) and its type.
struct RecorderBody {
  std::string type, text;
};
RecorderBody recorder_body(const std::string& sdp, const std::string& metadata);

}  // namespace vcsr::sip
