// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace vcsr::sip {

constexpr std::size_t rtp_header_bytes = 12;

/// One RTP packet (RFC 3550 §5.1). The payload points into the datagram it was parsed from.
struct RtpPacket {
  std::uint8_t payload_type = 0;
  bool marker = false;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  std::span<const std::uint8_t> payload = {};

  /// Empty when the datagram is no RTP packet, RTCP on the same port (RFC 5761 §4) included.
  static std::optional<RtpPacket> parse(std::span<const std::uint8_t> datagram) noexcept;

  /// The twelve bytes that go before the payload.
  void write_header(std::span<std::uint8_t, rtp_header_bytes> out) const noexcept;
};

}  // namespace vcsr::sip
