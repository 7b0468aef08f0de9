// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtcp_packet.hpp"

#include <array>
#include <vector>

#include <doctest/doctest.h>

using namespace vcsr::sip;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes written(const RtcpPacket& packet) {
  std::array<std::uint8_t, RtcpPacket::longest> out;
  const std::size_t size = packet.write(out, "vcsr-1");
  return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)};
}

constexpr std::uint32_t ours = 0x01020304;

RtcpPacket full() {
  return {.ssrc = 0xa0b0c0d0,
          .sender = true,
          .ntp = 0x1122334455667788,
          .timestamp = 0x99aabbcc,
          .packets = 1000,
          .octets = 160000,
          .block = RtcpBlock{ours, 64, -5, 0x00010203, 40, 0x33445566, 65536}};
}

}  // namespace

TEST_CASE("a sender report with its block is read as it was written") {
  const auto read = RtcpPacket::parse(written(full()), ours);

  REQUIRE(read);
  CHECK(read->ssrc == 0xa0b0c0d0);
  CHECK(read->sender);
  CHECK(read->ntp == 0x1122334455667788);
  CHECK(read->timestamp == 0x99aabbcc);
  CHECK(read->packets == 1000);
  CHECK(read->octets == 160000);
  REQUIRE(read->block);
  CHECK(read->block->fraction == 64);
  CHECK(read->block->lost == -5);
  CHECK(read->block->highest == 0x00010203);
  CHECK(read->block->jitter == 40);
  CHECK(read->block->last_report == 0x33445566);
  CHECK(read->block->since_then == 65536);
  CHECK_FALSE(read->bye);
}

TEST_CASE("a report follows RFC 3550 byte by byte") {
  const Bytes bytes = written({.ssrc = 0x0a0b0c0d, .block = RtcpBlock{ours, 1, 2, 3, 4, 5, 6}, .bye = true});

  const Bytes expected{0x81, 201, 0,    7,   0x0a, 0x0b, 0x0c, 0x0d, 1,    2,    3, 4,    1,    0,    0,
                       2,    0,   0,    0,   3,    0,    0,    0,    4,    0,    0, 0,    5,    0,    0,
                       0,    6,   0x81, 202, 0,    4,    0x0a, 0x0b, 0x0c, 0x0d, 1, 6,    'v',  'c',  's',
                       'r',  '-', '1',  0,   0,    0,    0,    0x81, 203,  0,    1, 0x0a, 0x0b, 0x0c, 0x0d};
  CHECK(bytes == expected);
}

TEST_CASE("of several blocks the one about us is kept") {
  Bytes bytes{0x82, 201, 0, 13, 0, 0, 0, 9};
  for (const std::uint8_t ssrc : {7, 4}) {
    const Bytes block{1, 2, 3, ssrc, 0, 0, 0, ssrc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    bytes.insert(bytes.end(), block.begin(), block.end());
  }

  const auto read = RtcpPacket::parse(bytes, ours);

  REQUIRE(read);
  REQUIRE(read->block);
  CHECK(read->block->lost == 4);
  CHECK_FALSE(RtcpPacket::parse(bytes, 5)->block);
}

TEST_CASE("what is cut short, does not begin with a report or pads in between is no RTCP") {
  const Bytes good = written(full());
  for (std::size_t size = 0; size < good.size(); ++size) {
    // Up to the end of the report it is one by itself.
    const bool whole = size == 52;
    CHECK(RtcpPacket::parse(std::span(good).first(size), ours).has_value() == whole);
  }

  Bytes bad = good;
  bad[0] |= 0x20;
  CHECK_FALSE(RtcpPacket::parse(bad, ours));
  bad = good;
  bad[0] = 0x42;
  CHECK_FALSE(RtcpPacket::parse(bad, ours));
  bad = good;
  bad[1] = 202;
  CHECK_FALSE(RtcpPacket::parse(bad, ours));
  bad = good;
  bad[0] = 0x9f;  // 31 blocks
  CHECK_FALSE(RtcpPacket::parse(bad, ours));
}

TEST_CASE("reports are told from audio by their type") {
  CHECK(is_rtcp(written(full())));
  const Bytes audio{0x80, 0x80 | 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  CHECK_FALSE(is_rtcp(audio));
  CHECK_FALSE(is_rtcp(Bytes{0x80, 200, 0}));
}
