// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/sip/ip_host.hpp"
#include "drivers/sip/rtp/srtp_key.hpp"
#include "drivers/sip/rtp/wire_codec.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// From the point of view of whoever wrote the description.
enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };

std::string_view to_string(Direction direction);
inline bool sends(Direction d) { return d == Direction::sendrecv || d == Direction::sendonly; }
inline bool receives(Direction d) { return d == Direction::sendrecv || d == Direction::recvonly; }

/// One m-line with what belongs to it; c= and direction of the session are already put in.
struct SdpMedia {
  std::string kind, protocol;
  std::string first_format;  ///< echoed when the line is refused
  std::uint16_t port = 0;
  std::string address;  ///< of either version; empty where it is none
  Direction direction = Direction::sendrecv;
  std::vector<WireCodec> codecs;  ///< those we speak, in the order given
  EventTypes events;
  int frame_milliseconds = 20;
  bool rtcp_mux = false;          ///< RFC 5761
  std::uint16_t rtcp_port = 0;    ///< RFC 3605; 0: the one after the audio's
  std::vector<SdpCrypto> crypto;  ///< those we speak, in the order given

  /// A codec we speak over RTP, encrypted as wished, to an address of this version that can be one party's.
  bool acceptable(SipEncryption encryption = SipEncryption::allowed, IpVersion version = IpVersion::v4) const;
  /// The protocol is one of encrypted media; others may have keys as well (RFC 8643).
  bool secure() const { return protocol == "RTP/SAVP" || protocol == "RTP/SAVPF"; }
};

/// A session description (RFC 8866) as far as telephones need it.
struct Sdp {
  std::vector<SdpMedia> media;

  /// The first acceptable audio line, one with keys before others; -1: there is none.
  int audio(SipEncryption encryption = SipEncryption::allowed, IpVersion version = IpVersion::v4) const;
};

/// Reads one description in one pass. Throws Error(invalid) naming the line for what is not SDP and
/// for what exceeds 64 KiB, 32 m-lines, 256 formats or 16 keys in one of them.
Sdp parse_sdp(std::string_view text);

}  // namespace vcsr::sip
