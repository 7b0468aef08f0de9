// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "vcsr/drivers/sip.hpp"

namespace vcsr::sip {

/// A codec as a description names it: what goes over the wire.
struct WireCodec {
  SipCodec codec = SipCodec::pcmu;
  int payload_type = 0;
  bool repeats = false;  ///< Opus: the party knows what to do with in-band FEC
  int most_bits = 0;     ///< Opus: a second, as the party wishes; 0: any number

  friend bool operator==(const WireCodec&, const WireCodec&) = default;
};

constexpr bool is_g711(SipCodec codec) { return codec == SipCodec::pcmu || codec == SipCodec::pcma; }

/// Of the RTP timestamp, for each sample of telephone audio. G.722 counts as if it had 8,000 samples a
/// second (RFC 3551 §4.5.2), Opus as if it always had 48,000 (RFC 7587 §4.1).
constexpr std::uint32_t ticks_per_sample(SipCodec codec) { return codec == SipCodec::opus ? 6 : 1; }

}  // namespace vcsr::sip
