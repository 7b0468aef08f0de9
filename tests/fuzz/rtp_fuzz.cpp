// SPDX-License-Identifier: Apache-2.0
// Feeds a stream with the datagrams of a hostile party: each begins with its length (one byte) and
// with what happens after it (the lowest bit: 20 ms pass). The first byte of all chooses the party's codec.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>

#include "drivers/sip/rtp/rtp_stream.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

const RtpAddress party = RtpAddress::parse("127.0.0.1", 9);

RtpAgreement agreement(std::uint8_t choice) {
  const WireCodec wires[] = {{SipCodec::opus, 112, true}, {SipCodec::g722, 9}};
  RtpAgreement plan{.party = party, .events = {101}, .send = false};
  if (choice % 3 < std::size(wires)) plan.coding = std::make_shared<RtpCoding>(wires[choice % 3], plan.codec);
  return plan;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
  RtpStream stream(1, *RtpSocket::bind(RtpAddress::parse("127.0.0.1", 0)), {.silence_limit = 10});
  stream.agree(agreement(size > 0 ? input[0] : 0));
  RtpTick tick;
  std::uint64_t datagrams = 0;
  const std::span<const std::uint8_t> all(input, size);
  for (auto rest = all.subspan(std::min<std::size_t>(size, 1)); rest.size() >= 2; ++datagrams) {
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
