// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_packet.hpp"

#include <array>
#include <vector>

#include <doctest/doctest.h>

using vcsr::sip::RtpPacket;
using Bytes = std::vector<std::uint8_t>;

namespace {

Bytes header(std::uint8_t first = 0x80, std::uint8_t second = 0) {
  return {first, second, 0x12, 0x34, 1, 2, 3, 4, 0xde, 0xad, 0xbe, 0xef};
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Bytes payload_of(const Bytes& datagram) {
  const auto packet = RtpPacket::parse(datagram);
  REQUIRE(packet);
  return Bytes(packet->payload.begin(), packet->payload.end());
}

}  // namespace

TEST_CASE("every field of a packet is read from its place") {
  const Bytes datagram = header(0x80, 0x80 | 101) + Bytes{7, 8};

  const auto packet = RtpPacket::parse(datagram);

  REQUIRE(packet);
  CHECK(packet->marker);
  CHECK(packet->payload_type == 101);
  CHECK(packet->sequence == 0x1234);
  CHECK(packet->timestamp == 0x01020304);
  CHECK(packet->ssrc == 0xdeadbeef);
  CHECK(Bytes(packet->payload.begin(), packet->payload.end()) == Bytes{7, 8});
}

TEST_CASE("a written header is read again as it was") {
  const RtpPacket written{
      .payload_type = 8, .marker = true, .sequence = 65535, .timestamp = 0xfffffff0, .ssrc = 5};
  std::array<std::uint8_t, vcsr::sip::rtp_header_bytes> bytes;

  written.write_header(bytes);
  const auto read = RtpPacket::parse(bytes);

  REQUIRE(read);
  CHECK(read->marker);
  CHECK(read->payload_type == 8);
  CHECK(read->sequence == 65535);
  CHECK(read->timestamp == 0xfffffff0);
  CHECK(read->ssrc == 5);
  CHECK(read->payload.empty());
}

TEST_CASE("contributors, an extension and padding are not taken for audio") {
  const Bytes audio{9, 9, 9};

  CHECK(payload_of(header(0x82) + Bytes(8, 1) + audio) == audio);
  CHECK(payload_of(header(0x90) + Bytes{0, 0, 0, 1, 1, 2, 3, 4} + audio) == audio);
  CHECK(payload_of(header(0xa0) + audio + Bytes{0, 0, 0, 4}) == audio);
  CHECK(payload_of(header(0xb1) + Bytes{1, 2, 3, 4, 0, 0, 0, 0} + audio + Bytes{1}) == audio);
}

TEST_CASE("a packet of padding alone carries nothing") {
  CHECK(payload_of(header(0xa0) + Bytes{0, 2}).empty());
}

TEST_CASE("what is no RTP is refused") {
  const std::vector<Bytes> datagrams = {
      {},                                      // empty
      Bytes(11, 0x80),                         // shorter than a header
      header(0x00),                            // version 0, as STUN has
      header(0x40),                            // version 1
      header(0x8f),                            // contributors announced that are not there
      header(0x90),                            // an extension that is not there
      header(0x90) + Bytes{0, 0, 0, 2, 1, 1},  // an extension that is cut off
      header(0xa0) + Bytes{1, 13 + 2},         // more padding than packet
      header(0xa0) + Bytes{1, 0},              // padding that does not count itself
      header(0x80, 200) + Bytes(16, 0),        // RTCP, sender report
      header(0x80, 201),                       // RTCP, receiver report
  };

  for (std::size_t i = 0; i < datagrams.size(); ++i) {
    CAPTURE(i);
    CHECK_FALSE(RtpPacket::parse(datagrams[i]));
  }
}
