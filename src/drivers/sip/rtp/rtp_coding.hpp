// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "drivers/sip/rtp/rtp_packet.hpp"
#include "drivers/sip/rtp/rtp_playout.hpp"
#include "drivers/sip/rtp/wire_codec.hpp"
#include "media/codec/audio_coder.hpp"

namespace vcsr::sip {

/// The audio of a leg whose codec is not G.711. What comes in is decoded in the order in which it was coded
/// and lies in the playout in the law in which audio passes inside; what goes out is coded from it. Made on
/// the loop, used by the media thread.
class RtpCoding {
 public:
  /// `law` is that of the playout.
  RtpCoding(const WireCodec& wire, Codec law);

  const WireCodec& wire() const { return wire_; }
  Codec law() const { return law_; }
  std::uint32_t ticks_per_sample() const { return sip::ticks_per_sample(wire_.codec); }
  bool carries(const RtpPacket& packet) const { return packet.payload_type == wire_.payload_type; }

  /// The packets that follow come from another source.
  void reset();
  /// Every packet of the source, since all share one sequence. One that came before its turn waits for
  /// those it depends on, until read_next().
  void write(const RtpPacket& packet, RtpPlayout& playout);
  /// A frame is going to be read: what can wait no longer is decoded.
  void read_next(RtpPlayout& playout);
  /// The payload that begins within the 20 ms from this place of the playout; none where there is not
  /// exactly one frame of audio in it.
  std::span<const std::uint8_t> payload_at(std::uint32_t position) const;

  std::span<const std::uint8_t> encode(std::span<const std::uint8_t> frame,
                                       AudioCoder::Payload& out) noexcept;

 private:
  struct Packet {
    std::uint16_t sequence;
    std::uint32_t timestamp;
    std::vector<std::uint8_t> payload;  // none: nothing to be decoded
  };
  struct Kept {
    std::uint32_t position = 0;
    std::size_t size = 0;
    AudioCoder::Payload bytes{};
  };

  bool came_before(std::uint16_t sequence) const;
  void hold(std::uint16_t sequence, std::uint32_t timestamp, std::span<const std::uint8_t> payload);
  void decode_held(RtpPlayout& playout, bool all);
  void decode(std::uint16_t sequence, std::uint32_t timestamp, std::span<const std::uint8_t> payload,
              RtpPlayout& playout);
  void put(std::uint32_t position, std::span<const std::int16_t> samples, RtpPlayout& playout) const;
  void keep(std::uint32_t position, std::span<const std::uint8_t> payload);

  const WireCodec wire_;
  const Codec law_;
  std::unique_ptr<AudioCoder> coder_;
  bool started_ = false;
  std::uint16_t next_ = 0;                      // sequence number
  std::uint64_t came_ = 0;                      // of the packets before next_, the latest in the lowest bit
  std::uint32_t timestamp_ = 0, position_ = 0;  // of the packet decoded last, on the wire and in the playout
  std::uint32_t end_ = 0;                       // of that packet, in the playout
  std::vector<Packet> held_;                    // in order
  std::array<Kept, 8> kept_;                    // what came lately, by its place in the playout
};

}  // namespace vcsr::sip
