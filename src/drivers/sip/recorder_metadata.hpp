// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "vcsr/base/time.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr::sip {

/// What names the parts of a recording session: 128 random bits each.
struct RecorderIds {
  using Id = std::array<std::uint64_t, 2>;
  Id session, customer;
  std::array<Id, 2> streams;
};

/// One who takes part, or did.
struct RecorderParticipant {
  RecorderIds::Id id;
  RecordedParty party;
  WallTime joined{};
  WallTime since{};  ///< it is heard, hears, or has left, as now
  bool left = false;
};

/// The description of a recorded call (RFC 7865) at one moment, always complete: the customer and all who
/// ever took part, those who left with the time at which they did, and two streams.
class RecorderMetadata {
 public:
  using Id = RecorderIds::Id;

  /// `party` names the call's first.
  RecorderMetadata(RecordedCall call, const RecorderIds& ids, const Id& party, WallTime began);

  /// Who takes part from now on. Who was there before is known again; `make_id` is for those who are new.
  void update(const std::vector<RecordedParty>& parties, WallTime now, const std::function<Id()>& make_id);

  std::string text() const;

 private:
  RecorderParticipant* find(const RecordedParty& party);

  const RecordedCall call_;
  const RecorderIds ids_;
  const WallTime began_;
  std::vector<RecorderParticipant> participants_;
};

/// The body of an INVITE (RFC 7866 §9.1) and its type.
struct RecorderBody {
  std::string type, text;
};
RecorderBody recorder_body(const std::string& sdp, const std::string& metadata);

}  // namespace vcsr::sip
