// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "vcsr/telephony/sip_codec.hpp"

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

/// Keys told as RFC 4733 events, as a description names them: there are as many payload types as clocks of
/// codecs (RFC 4733 §2.5.1.2), 8,000 and 48,000 a second.
struct EventTypes {
  int narrow = -1, wide = -1;  ///< payload types; -1: none

  bool any() const { return narrow >= 0 || wide >= 0; }
  bool holds(int payload_type) const {
    return payload_type >= 0 && (payload_type == narrow || payload_type == wide);
  }
  /// That of the codec's clock, or the only one there is, for many a party knows just 8,000.
  int of(SipCodec codec) const {
    const int wanted = ticks_per_sample(codec) == 1 ? narrow : wide;
    return wanted >= 0 ? wanted : std::max(narrow, wide);
  }
  /// Of its clock, for each sample of telephone audio.
  std::uint32_t ticks(int payload_type) const { return payload_type == wide ? wide_event_ticks : 1; }

  static constexpr std::uint32_t wide_event_ticks = 6;

  friend bool operator==(const EventTypes&, const EventTypes&) = default;
};

}  // namespace vcsr::sip
