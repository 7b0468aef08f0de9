// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "drivers/sip/rtp/rtp_coding.hpp"
#include "drivers/sip/rtp/rtp_line.hpp"
#include "media/level.hpp"

namespace vcsr::sip::test {

inline const WireCodec g722{SipCodec::g722, 9};
inline const WireCodec opus{SipCodec::opus, 107, true};

inline std::unique_ptr<AudioCoder> coder_of(const WireCodec& wire) {
  if (wire.codec == SipCodec::g722) return make_g722_coder();
  return make_opus_coder({.repeats = wire.repeats});
}

/// A telephone that says a tone in G.722 or Opus.
struct CodedTalk {
  CodedTalk(const WireCodec& codec, double frequency)
      : wire(codec), coder(coder_of(codec)), hertz(frequency) {}

  /// Its next 20 ms.
  Bytes payload() {
    const std::vector<std::int16_t> samples = sine(hertz, 8000, said + frame_samples, 8000);
    AudioFrame frame;
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(said), frame_samples, frame.begin());
    said += frame_samples;
    AudioCoder::Payload out;
    const auto bytes = coder->encode(frame, out);
    return {bytes.begin(), bytes.end()};
  }
  /// The same as a datagram.
  Bytes packet() {
    const std::uint32_t now = talk.timestamp;
    Bytes datagram = talk.packet(std::uint8_t(wire.payload_type), payload());
    talk.timestamp = now + 160 * ticks_per_sample(wire.codec);
    return datagram;
  }

  WireCodec wire;
  std::unique_ptr<AudioCoder> coder;
  double hertz;
  std::size_t said = 0;
  RtpTalk talk;
};

/// How pure a tone is, in dB: 0 is nothing else.
inline double purity(std::span<const std::int16_t> heard, double frequency) {
  return level_at(frequency, heard) - level_of(heard);
}

}  // namespace vcsr::sip::test
