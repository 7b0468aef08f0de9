// SPDX-License-Identifier: Apache-2.0
// Audio of any length at any timestamp, and reads between. Each step: a length (one byte, 0: read a frame),
// two bytes that are added to the timestamp, the audio.
#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "drivers/sip/rtp/rtp_playout.hpp"
#include "fuzz.hpp"

using namespace vcsr;
using namespace vcsr::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  RtpPlayout playout;
  std::array<std::uint8_t, frame_samples> frame{};
  std::uint32_t timestamp = 0xffff'f000;
  std::span<const std::uint8_t> rest(bytes, size);
  while (rest.size() >= 3) {
    std::int16_t step = 0;
    std::memcpy(&step, rest.data() + 1, 2);
    timestamp += static_cast<std::uint32_t>(step) * (step % 7 == 0 ? 65'536u : 1u);
    const std::size_t length = std::min<std::size_t>(rest[0] * 5u, rest.size() - 3);
    if (rest[0] == 0) playout.read(frame);
    else playout.write(timestamp, rest.subspan(3, length));
    VCSR_ASSERT(playout.waiting() <= RtpPlayout::longest);
    rest = rest.subspan(rest[0] == 0 ? 3 : 3 + length);
  }
  return 0;
}
