// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_packet.hpp"

namespace vcsr::sip {

namespace {

std::uint16_t read16(std::span<const std::uint8_t> bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}
std::uint32_t read32(std::span<const std::uint8_t> bytes) {
  return std::uint32_t{read16(bytes)} << 16 | read16(bytes.subspan(2));
}
void write16(std::span<std::uint8_t> out, std::uint16_t value) {
  out[0] = static_cast<std::uint8_t>(value >> 8);
  out[1] = static_cast<std::uint8_t>(value);
}
void write32(std::span<std::uint8_t> out, std::uint32_t value) {
  write16(out, static_cast<std::uint16_t>(value >> 16));
  write16(out.subspan(2), static_cast<std::uint16_t>(value));
}

constexpr std::uint8_t first_rtcp_type = 64, last_rtcp_type = 95;

}  // namespace

std::optional<RtpPacket> RtpPacket::parse(std::span<const std::uint8_t> datagram) noexcept {
  if (datagram.size() < rtp_header_bytes || datagram[0] >> 6 != 2) return {};
  const bool padding = datagram[0] & 0x20, extension = datagram[0] & 0x10;
  RtpPacket packet;
  packet.marker = datagram[1] & 0x80;
  packet.payload_type = datagram[1] & 0x7f;
  if (packet.payload_type >= first_rtcp_type && packet.payload_type <= last_rtcp_type) return {};
  packet.sequence = read16(datagram.subspan(2));
  packet.timestamp = read32(datagram.subspan(4));
  packet.ssrc = read32(datagram.subspan(8));

  std::size_t start = rtp_header_bytes + 4 * std::size_t(datagram[0] & 0x0f);
  if (extension) {
    if (datagram.size() < start + 4) return {};
    start += 4 + 4 * std::size_t{read16(datagram.subspan(start + 2))};
  }
  const std::size_t padded = padding ? datagram.back() : 0;
  if (datagram.size() < start + padded || (padding && padded == 0)) return {};
  packet.payload = datagram.subspan(start, datagram.size() - start - padded);
  return packet;
}

void RtpPacket::write_header(std::span<std::uint8_t, rtp_header_bytes> out) const noexcept {
  out[0] = 0x80;
  out[1] = static_cast<std::uint8_t>(payload_type | (marker ? 0x80 : 0));
  write16(out.subspan(2), sequence);
  write32(out.subspan(4), timestamp);
  write32(out.subspan(8), ssrc);
}

}  // namespace vcsr::sip
