// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace vcsr::sip {

/// What one side tells of the packets that it received from the other (RFC 3550 §6.4.1).
struct RtcpBlock {
  std::uint32_t ssrc = 0;         ///< whose packets
  std::uint8_t fraction = 0;      ///< lost since the report before, of 256
  std::int32_t lost = 0;          ///< in all; fewer than none where packets came twice
  std::uint32_t highest = 0;      ///< sequence number, with its wraps above
  std::uint32_t jitter = 0;       ///< samples
  std::uint32_t last_report = 0;  ///< the middle of the time in the other's last sender report; 0: none came
  std::uint32_t since_then = 0;   ///< in 1/65536 s
};

/// A compound packet of a telephone call: one report, with at most one block that concerns us.
struct RtcpPacket {
  std::uint32_t ssrc = 0;
  bool sender = false;  ///< a sender report: the next four count
  std::uint64_t ntp = 0;
  std::uint32_t timestamp = 0, packets = 0, octets = 0;
  std::optional<RtcpBlock> block = {};
  bool bye = false;

  /// Of several blocks the one about `ours` is kept. Empty for what is no RTCP.
  static std::optional<RtcpPacket> parse(std::span<const std::uint8_t> datagram, std::uint32_t ours) noexcept;

  static constexpr std::size_t longest = 128;
  /// With a source description that bears this name, of 32 characters at most. Returns what it took of `out`.
  std::size_t write(std::span<std::uint8_t, longest> out, std::string_view name) const noexcept;
};

/// Tells RTCP from RTP where both come to one port (RFC 5761 §4).
bool is_rtcp(std::span<const std::uint8_t> datagram) noexcept;

}  // namespace vcsr::sip
