// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "drivers/sip/rtp/rtp_party.hpp"
#include "drivers/sip/rtp/rtp_stream.hpp"

namespace vcsr::sip::test {

using Kind = RtpEvent::Kind;

inline constexpr std::uint8_t event_type = 101;
inline constexpr std::uint8_t quiet = silence_of(Codec::pcmu);
inline constexpr std::uint32_t limit = 10;  // ticks of silence until the party counts as lost

/// A stream and the telephone at its other end; time passes with tick().
struct Line {
  RtpParty party;
  RtpTalk talk;
  RtpStream stream{1,
                   *RtpSocket::bind(own_host()),
                   {.sequence = 65534, .timestamp = 0xffffff00, .ssrc = 9, .silence_limit = limit}};
  RtpTick outcome;

  Line() { agree({}); }
  explicit Line(RtpAgreement plan) { agree(std::move(plan)); }

  void agree(RtpAgreement plan) {
    if (!plan.party.usable()) plan.party = party.address();
    stream.agree(std::move(plan));
  }
  void tick(int count = 1) {
    for (int i = 0; i < count; ++i) {
      outcome.now += frame_duration;
      stream.listen(outcome);
      stream.talk(outcome);
    }
  }
  RtpParty::Packet sent() {
    tick();
    return party.receive();
  }
  void came(const Bytes& datagram) { stream.take(datagram, party.address(), outcome); }

  int told(Kind kind) const {
    return static_cast<int>(std::count_if(outcome.events.begin(), outcome.events.end(),
                                          [kind](const RtpEvent& event) { return event.kind == kind; }));
  }
  std::string digits() const {
    std::string digits;
    for (const RtpEvent& event : outcome.events) {
      if (event.kind == Kind::digit) digits += event.digit;
    }
    return digits;
  }
};

inline RtpAgreement with_events(std::uint8_t type = event_type) { return {.events = {type}}; }

inline SoundPtr noise(std::size_t samples) {
  std::vector<std::int16_t> linear;
  for (std::size_t i = 0; i < samples; ++i) linear.push_back(static_cast<std::int16_t>(i * 7919));
  return std::make_shared<const Sound>(std::move(linear));
}

inline Bytes frame(std::uint8_t byte) { return Bytes(frame_samples, byte); }

/// Both hear each other and nobody else, as Leg::connect() has it.
inline void connect(RtpStream& a, RtpStream& b) {
  for (RtpStream* stream : {&a, &b}) {
    stream->disconnect();
    stream->stop_playing();
  }
  a.hear(b, true);
  b.hear(a, true);
}

}  // namespace vcsr::sip::test
