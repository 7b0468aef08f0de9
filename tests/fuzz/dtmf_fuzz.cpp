// SPDX-License-Identifier: Apache-2.0
// Digits as events (RFC 4733) and as audio. Each event: its length (one byte), four bytes of timestamp, its
// payload; after a length of 255 everything is audio.
#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "fuzz.hpp"
#include "vcsr/media/dtmf.hpp"

using namespace vcsr;

namespace {

void hear(std::span<const std::uint8_t> bytes) {
  std::vector<std::int16_t> samples(bytes.size() / 2);
  if (!samples.empty()) std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
  DtmfDetector detector;
  std::size_t digits = 0;
  for (std::size_t at = 0; at < samples.size(); at += 160)
    digits +=
        detector.feed(std::span(samples).subspan(at, std::min<std::size_t>(160, samples.size() - at))).size();
  VCSR_ASSERT(digits * 102 <= samples.size());  // at most one in each block of the detector
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  TelephoneEventReceiver receiver;
  std::span<const std::uint8_t> rest(bytes, size);
  while (rest.size() >= 5 && rest[0] != 255) {
    const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 5);
    std::uint32_t timestamp = 0;
    std::memcpy(&timestamp, rest.data() + 1, 4);
    const auto payload = rest.subspan(5, length);
    const auto digit = receiver.receive(timestamp, payload);
    VCSR_ASSERT(!digit || is_dtmf_digit(*digit));
    if (const auto event = TelephoneEvent::parse(payload))
      VCSR_ASSERT(TelephoneEvent::parse(event->bytes())->duration == event->duration);
    rest = rest.subspan(5 + length);
  }
  hear(rest);
  return 0;
}
