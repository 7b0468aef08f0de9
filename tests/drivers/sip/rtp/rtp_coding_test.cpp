// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_coding.hpp"

#include <algorithm>

#include "drivers/sip/coded_talk.hpp"
#include "vcsr/media/g711.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

namespace {

/// The receiving side of a leg.
struct Ear {
  explicit Ear(const WireCodec& wire) : coding(wire, Codec::pcmu) {}

  void came(const Bytes& datagram) { coding.write(*RtpPacket::parse(datagram), playout); }
  void came(std::initializer_list<Bytes> datagrams) {
    for (const Bytes& datagram : datagrams) came(datagram);
  }
  /// The next 20 ms.
  Bytes heard() {
    Bytes frame(frame_samples);
    coding.read_next(playout);
    complete = playout.read(std::span<std::uint8_t, frame_samples>(frame));
    return frame;
  }
  double level() {
    AudioFrame linear;
    decode(Codec::pcmu, heard(), linear);
    return level_of(linear);
  }

  RtpCoding coding;
  RtpPlayout playout;
  bool complete = true;
};

std::vector<Bytes> packets(CodedTalk talk, std::size_t count) {
  std::vector<Bytes> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(talk.packet());
  return made;
}

constexpr double loud = -20;  // dB; the tone has -15

}  // namespace

TEST_CASE("packets that overtake each other are decoded in the order in which they were coded") {
  for (const WireCodec& wire : {g722, opus}) {
    const std::vector<Bytes> said = packets({wire, 440}, 6);
    Ear straight(wire), mixed(wire);

    straight.came({said[0], said[1], said[2], said[3], said[4], said[5]});
    mixed.came({said[0], said[3], said[2], said[1], said[1], said[5], said[3], said[4]});

    for (int i = 0; i < 6; ++i) {
      CHECK(mixed.heard() == straight.heard());
      CHECK(mixed.complete);
    }
  }
}

TEST_CASE("who waits for a lost packet is decoded when it is time, or when too many wait") {
  const std::vector<Bytes> said = packets({g722, 440}, 10);
  Ear ear(g722);
  ear.came({said[0], said[2]});
  CHECK(ear.playout.waiting() == frame_samples);

  ear.heard();
  ear.heard();
  CHECK_FALSE(ear.complete);
  CHECK(ear.level() > loud);
  CHECK(ear.complete);

  for (std::size_t i = 4; i < 10; ++i) ear.came(said[i]);
  CHECK(ear.playout.waiting() == 0);
  ear.came(packets({g722, 440}, 11).back());
  CHECK(ear.playout.waiting() > 0);
}

TEST_CASE("what a packet repeats of the one before is heard in its place") {
  const std::vector<Bytes> said = packets({opus, 440}, 20);
  Ear ear(opus);
  for (std::size_t i = 0; i < 10; ++i) {
    ear.came(said[i]);
    if (i > 0) ear.heard();
  }

  ear.came(said[11]);

  CHECK(ear.level() > loud);
  CHECK(ear.level() > loud);
  CHECK(ear.complete);
  CHECK(ear.level() > loud);
}

TEST_CASE("the time on the wire may wrap, and packets that carry other things are no gap") {
  CodedTalk talk(opus, 440);
  talk.talk.timestamp = 0u - 2 * 960;
  Ear ear(opus);

  ear.came({talk.packet(), talk.talk.packet(event_type, {1, 10, 0, 160})});
  talk.talk.timestamp -= 160;
  ear.came({talk.packet(), talk.packet(), talk.packet()});

  CHECK(ear.playout.waiting() == 4 * frame_samples);
  for (int i = 0; i < 4; ++i) {
    ear.heard();
    CHECK(ear.complete);
  }
}

TEST_CASE("a party that counts anew is heard on") {
  Ear ear(g722);
  CodedTalk talk(g722, 440);
  ear.came(talk.packet());
  ear.heard();

  talk.talk.sequence = 1000;
  talk.talk.timestamp = 90000;
  ear.came({talk.packet(), talk.packet()});
  CHECK(ear.playout.waiting() > 0);

  ear.coding.reset();
  ear.playout.reset(Codec::pcmu);
  talk.talk.sequence = 999;
  talk.talk.timestamp = 400;
  ear.came(talk.packet());
  CHECK(ear.playout.waiting() == frame_samples);
}

TEST_CASE("a payload is given on with the 20 ms in which it begins") {
  CodedTalk talk(opus, 440);
  Ear ear(opus);
  const Bytes first = talk.packet(), lost = talk.packet(), third = talk.packet();
  ear.came({first, third});
  const auto given_on = [&ear] {
    ear.heard();
    const auto payload = ear.coding.payload_at(ear.playout.position());
    return Bytes(payload.begin(), payload.end());
  };

  CHECK(given_on() == Bytes(first.begin() + rtp_header_bytes, first.end()));
  CHECK(given_on().empty());
  CHECK(given_on() == Bytes(third.begin() + rtp_header_bytes, third.end()));
  const std::uint32_t place = ear.playout.position();
  CHECK_FALSE(ear.coding.payload_at(place - 159).empty());
  CHECK(ear.coding.payload_at(place + 1).empty());
}
