// SPDX-License-Identifier: Apache-2.0
// Feeds a stream with the datagrams of a hostile party: each begins with its length (one byte) and
// with what happens after it (the lowest bit: 20 ms pass).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "drivers/sip/rtp_stream.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
  const RtpAddress party = RtpAddress::parse("127.0.0.1", 9);
  RtpStream stream(1, *RtpSocket::bind(RtpAddress::parse("127.0.0.1", 0)), {.silence_limit = 10});
  stream.agree({.party = party, .telephone_event = 101, .send = false});
  RtpTick tick;
  std::uint64_t datagrams = 0;
  for (std::span<const std::uint8_t> rest(input, size); rest.size() >= 2; ++datagrams) {
    const bool time_passes = rest[1] & 1;
    const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 2);
    stream.take(rest.subspan(2, length), party, tick);
    rest = rest.subspan(2 + length);
    if (!time_passes) continue;
    stream.listen(tick);
    stream.talk(tick);
  }

  VCSR_ASSERT(tick.received + tick.foreign + tick.malformed == datagrams);
  VCSR_ASSERT(tick.sent == 0);
  return 0;
}
