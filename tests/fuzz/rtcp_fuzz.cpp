// SPDX-License-Identifier: Apache-2.0
// Feeds a stream whose reports go through the port of its audio with whatever a hostile party sends.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "drivers/sip/rtp/rtp_stream.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
  const std::span<const std::uint8_t> datagram(input, size);
  const std::uint32_t ours = 0x01020304;
  if (const auto report = RtcpPacket::parse(datagram, ours)) {
    std::array<std::uint8_t, RtcpPacket::longest> out;
    const std::size_t written =
        report->write(out, "a name that is longer than the thirty-two characters allowed");
    const auto again = RtcpPacket::parse(std::span(out).first(written), ours);
    VCSR_ASSERT(again && again->ssrc == report->ssrc &&
                again->block.has_value() == report->block.has_value());
  }

  const RtpAddress party = RtpAddress::parse("127.0.0.1", 9);
  RtpStream stream(1, *RtpSocket::bind(RtpAddress::parse("127.0.0.1", 0)), {.ssrc = ours});
  stream.agree({.party = party, .rtcp_mux = true});
  RtpTick tick{.now = std::chrono::seconds(100)};
  stream.take(datagram, party, tick);
  const MediaQuality quality = stream.quality();
  VCSR_ASSERT(tick.reports + tick.received + tick.foreign + tick.malformed == 1);
  VCSR_ASSERT(quality.heard.mos >= 1 &&
              (!quality.sent || (quality.sent->mos >= 1 && quality.sent->mos < 4.6)));
  return 0;
}
