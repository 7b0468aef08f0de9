// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtcp_packet.hpp"

#include <algorithm>

namespace vcsr::sip {

namespace {

enum Type : std::uint8_t { sender_report = 200, receiver_report = 201, description = 202, goodbye = 203 };

constexpr std::size_t header_bytes = 8, sender_bytes = 20, block_bytes = 24, longest_name = 32;

std::uint32_t read32(std::span<const std::uint8_t> bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
         bytes[3];
}

RtcpBlock read_block(std::span<const std::uint8_t> bytes) {
  const std::uint32_t loss = read32(bytes.subspan(4));
  return {.ssrc = read32(bytes),
          .fraction = static_cast<std::uint8_t>(loss >> 24),
          .lost = static_cast<std::int32_t>(loss << 8) >> 8,
          .highest = read32(bytes.subspan(8)),
          .jitter = read32(bytes.subspan(12)),
          .last_report = read32(bytes.subspan(16)),
          .since_then = read32(bytes.subspan(20))};
}

class Writer {
 public:
  explicit Writer(std::span<std::uint8_t> out) : out_(out) {}
  void put8(std::uint32_t value) { out_[at_++] = static_cast<std::uint8_t>(value); }
  void put32(std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) put8(value >> shift);
  }
  /// The length comes once it is known.
  void begin(int count, Type type) {
    began_ = at_;
    put8(0x80u | static_cast<std::uint32_t>(count));
    put8(type);
    put8(0);
    put8(0);
  }
  void end() {
    while (at_ % 4 != 0) put8(0);
    const std::size_t words = (at_ - began_) / 4 - 1;
    out_[began_ + 2] = static_cast<std::uint8_t>(words >> 8);
    out_[began_ + 3] = static_cast<std::uint8_t>(words);
  }
  std::size_t size() const { return at_; }

 private:
  std::span<std::uint8_t> out_;
  std::size_t at_ = 0, began_ = 0;
};

/// One packet of the compound; false when it does not hold what it says.
bool read_report(std::span<const std::uint8_t> packet, std::uint32_t ours, RtcpPacket& read) {
  const std::size_t blocks = packet[0] & 0x1f;
  read.sender = packet[1] == sender_report;
  std::size_t at = header_bytes + (read.sender ? sender_bytes : 0);
  if (packet.size() < at + blocks * block_bytes) return false;
  read.ssrc = read32(packet.subspan(4));
  if (read.sender) {
    read.ntp = std::uint64_t{read32(packet.subspan(8))} << 32 | read32(packet.subspan(12));
    read.timestamp = read32(packet.subspan(16));
    read.packets = read32(packet.subspan(20));
    read.octets = read32(packet.subspan(24));
  }
  for (std::size_t i = 0; i < blocks; ++i, at += block_bytes) {
    const RtcpBlock block = read_block(packet.subspan(at));
    if (block.ssrc == ours) read.block = block;
  }
  return true;
}

}  // namespace

bool is_rtcp(std::span<const std::uint8_t> datagram) noexcept {
  return datagram.size() >= header_bytes && datagram[0] >> 6 == 2 && datagram[1] >= 192 && datagram[1] <= 223;
}

// RFC 3550 §A.2: a compound begins with a report, only its last packet is padded, the lengths add up.
std::optional<RtcpPacket> RtcpPacket::parse(std::span<const std::uint8_t> datagram,
                                            std::uint32_t ours) noexcept {
  if (!is_rtcp(datagram) || datagram.size() % 4 != 0) return {};
  if (datagram[1] != sender_report && datagram[1] != receiver_report) return {};
  RtcpPacket read;
  for (bool first = true; !datagram.empty(); first = false) {
    const std::size_t size = 4 * (std::size_t{datagram[2]} * 256 + datagram[3] + 1);
    const bool padded = (datagram[0] & 0x20) != 0;
    if (datagram[0] >> 6 != 2 || size > datagram.size() || (padded && size != datagram.size())) return {};
    if (first && (padded || !read_report(datagram.first(size), ours, read))) return {};
    if (datagram[1] == goodbye) read.bye = true;
    datagram = datagram.subspan(size);
    if (!datagram.empty() && datagram.size() < 4) return {};
  }
  return read;
}

std::size_t RtcpPacket::write(std::span<std::uint8_t, longest> out, std::string_view name) const noexcept {
  Writer writer(out);
  writer.begin(block ? 1 : 0, sender ? sender_report : receiver_report);
  writer.put32(ssrc);
  if (sender) {
    writer.put32(static_cast<std::uint32_t>(ntp >> 32));
    for (const std::uint32_t word : {static_cast<std::uint32_t>(ntp), timestamp, packets, octets})
      writer.put32(word);
  }
  if (block) {
    writer.put32(block->ssrc);
    const std::int32_t lost = std::clamp(block->lost, -0x800000, 0x7fffff);
    writer.put32(std::uint32_t{block->fraction} << 24 | (static_cast<std::uint32_t>(lost) & 0xffffff));
    for (const std::uint32_t word : {block->highest, block->jitter, block->last_report, block->since_then})
      writer.put32(word);
  }
  writer.end();
  name = name.substr(0, longest_name);
  writer.begin(1, description);
  writer.put32(ssrc);
  writer.put8(1);  // CNAME
  writer.put8(static_cast<std::uint32_t>(name.size()));
  for (const char c : name) writer.put8(static_cast<std::uint8_t>(c));
  writer.put8(0);
  writer.end();
  if (bye) {
    writer.begin(1, goodbye);
    writer.put32(ssrc);
    writer.end();
  }
  return writer.size();
}

}  // namespace vcsr::sip
