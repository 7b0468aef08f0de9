// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "drivers/sip/coded_talk.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

namespace {

constexpr double clean = -1;  // dB; what the codecs and the law add to a tone

RtpAgreement speaking(const WireCodec& wire, Codec law = Codec::pcma) {
  return {.codec = law, .events = {event_type}, .coding = std::make_shared<RtpCoding>(wire, law)};
}

/// What a telephone with this codec made of the packets it was sent.
struct Earpiece {
  explicit Earpiece(const WireCodec& wire) : coder(coder_of(wire)) {}

  void hear(const Bytes& payload) {
    const auto decoded = coder->decode(payload, samples);
    heard.insert(heard.end(), decoded.begin(), decoded.end());
  }
  /// When everything has settled.
  std::span<const std::int16_t> late() const { return std::span(heard).last(20 * frame_samples); }

  std::unique_ptr<AudioCoder> coder;
  AudioCoder::Samples samples;
  std::vector<std::int16_t> heard;
};

std::vector<std::int16_t> linear(Codec law, std::span<const std::uint8_t> bytes) {
  std::vector<std::int16_t> samples(bytes.size());
  decode(law, bytes, samples);
  return samples;
}

}  // namespace

TEST_CASE("who speaks G.722 or Opus talks with who speaks G.711, and is recorded") {
  for (const WireCodec& wire : {g722, opus}) {
    Line wide(speaking(wire)), narrow;
    connect(wide.stream, narrow.stream);
    const auto tap = std::make_shared<RtpTap>();
    wide.stream.tap(tap);
    CodedTalk customer(wire, 440);
    Earpiece earpiece(wire);
    std::vector<std::int16_t> agent_heard, recorded, recorded_sent;
    const std::vector<std::int16_t> agent = sine(660, 8000, 50 * frame_samples, 8000);

    for (std::size_t i = 0; i < 50; ++i) {
      Bytes said(frame_samples);
      encode(Codec::pcmu, std::span(agent).subspan(i * frame_samples, frame_samples), said);
      narrow.came(narrow.talk.packet(0, said));
      wide.came(customer.packet());
      const auto packet = wide.sent();
      CHECK(packet.header.payload_type == wire.payload_type);
      CHECK(packet.header.timestamp ==
            (0xffffff00 + 160 * static_cast<std::uint32_t>(i)) * ticks_per_sample(wire.codec));
      earpiece.hear(packet.payload);
      const auto samples = linear(Codec::pcmu, narrow.sent().payload);
      agent_heard.insert(agent_heard.end(), samples.begin(), samples.end());
    }

    CHECK(purity(earpiece.late(), 660) > clean);
    CHECK(level_of(earpiece.late()) == doctest::Approx(level_of(agent)).epsilon(0.1));
    CHECK(purity(std::span(agent_heard).last(20 * frame_samples), 440) > clean);
    for (const RtpTap::Frame& frame : tap->frames()) {
      CHECK(frame.codec == Codec::pcma);
      for (const std::int16_t sample : linear(Codec::pcma, frame.heard)) recorded.push_back(sample);
      for (const std::int16_t sample : linear(Codec::pcma, frame.sent)) recorded_sent.push_back(sample);
    }
    CHECK(purity(std::span(recorded).last(20 * frame_samples), 440) > clean);
    CHECK(purity(std::span(recorded_sent).last(20 * frame_samples), 660) > clean);
  }
}

TEST_CASE("between parties of the same codec packets pass as they came") {
  for (const WireCodec& wire : {g722, opus}) {
    Line a(speaking(wire)), b(speaking({wire.codec, wire.payload_type == 9 ? 9 : 120}));
    connect(a.stream, b.stream);
    CodedTalk talk(wire, 440);

    for (int i = 0; i < 5; ++i) {
      const Bytes datagram = talk.packet();
      a.came(datagram);
      a.tick();
      const auto passed = b.sent();
      CHECK(passed.payload == Bytes(datagram.begin() + rtp_header_bytes, datagram.end()));
      CHECK(passed.header.payload_type == (wire.payload_type == 9 ? 9 : 120));
    }
    a.tick();
    const Bytes made_up = b.sent().payload;  // nothing came: coded here
    CHECK_FALSE(made_up.empty());
  }
}

TEST_CASE("who hears several parties of his codec hears their sum") {
  Line hearer(speaking(opus)), a(speaking(opus)), b(speaking(g722));
  hearer.stream.hear(a.stream, true);
  hearer.stream.hear(b.stream, true);
  CodedTalk first(opus, 440), second(g722, 1000);
  Earpiece earpiece(opus);

  for (int i = 0; i < 50; ++i) {
    a.came(first.packet());
    b.came(second.packet());
    a.tick();
    b.tick();
    earpiece.hear(hearer.sent().payload);
  }

  CHECK(level_at(440, earpiece.late()) > -20);
  CHECK(level_at(1000, earpiece.late()) > -20);
}

TEST_CASE("digits of an Opus party come and go as events on its clock") {
  Line line(speaking(opus));
  CodedTalk talk(opus, 440);
  line.came(talk.packet());
  line.tick();
  line.came(talk.talk.event(event_type, talk.talk.timestamp, {7, 10, 0, 160}));
  line.tick();
  CHECK(line.digits() == "7");
  for (int i = 0; i < 2; ++i) line.party.receive();

  line.stream.send_digits("5");
  const auto first = line.sent(), second = line.sent();

  CHECK(first.header.payload_type == event_type);
  CHECK(first.payload[0] == 5);
  CHECK(first.header.timestamp == (0xffffff00 + 2 * 160) * 6);
  CHECK(second.header.timestamp == first.header.timestamp);
  CHECK(second.payload[3] == 0x40);  // the duration stays in the 8,000 of the description
}

TEST_CASE("keys of an Opus party that agreed on its clock are told in that, and passed on to one of G.711") {
  RtpAgreement plan = speaking(opus);
  plan.events.wide = 102;
  Line wide(plan), narrow(with_events());
  connect(wide.stream, narrow.stream);
  CodedTalk talk(opus, 440);
  wide.came(talk.packet());
  wide.came(talk.talk.event(102, talk.talk.timestamp, {7, 10, 3, 0xc0}));
  wide.tick();
  CHECK(wide.digits() == "7");
  CHECK(narrow.sent().payload[3] == 160);

  narrow.came(narrow.talk.event(event_type, narrow.talk.timestamp, {5, 10, 0, 160}));
  narrow.tick();
  wide.party.receive();
  const auto first = wide.sent(), second = wide.sent();

  CHECK(first.header.payload_type == 102);
  CHECK(first.payload[0] == 5);
  CHECK(first.payload[2] * 256 + first.payload[3] == 960);
  CHECK(second.payload[2] * 256 + second.payload[3] == 1920);
  CHECK(second.header.timestamp == first.header.timestamp);
}

TEST_CASE("a party that tells keys in the other clock than agreed is understood all the same") {
  RtpAgreement plan = speaking(opus);
  plan.events.wide = 102;
  Line line(plan);
  CodedTalk talk(opus, 440);
  line.came(talk.packet());
  line.came(talk.talk.event(event_type, talk.talk.timestamp, {7, 10, 0, 160}));
  line.tick();

  CHECK(line.digits() == "7");
}

TEST_CASE("a sound is played to an Opus party, and digits that it sings are found") {
  RtpAgreement plan = speaking(opus);
  plan.events = {};
  plan.detector = std::make_shared<DtmfDetector>();
  Line line(plan);
  line.stream.play(std::make_shared<const Sound>(sine(1000, 8000, 8000, 8000)), false);
  Earpiece earpiece(opus);
  const SoundPtr keys = dtmf_tones("4", std::chrono::milliseconds(200), std::chrono::milliseconds(100));
  CodedTalk talk(opus, 0);

  for (std::size_t i = 0; i < 40; ++i) {
    AudioFrame frame{};
    const std::size_t at = i * frame_samples;
    if (at + frame_samples <= keys->samples().size())
      std::copy_n(keys->samples().begin() + static_cast<std::ptrdiff_t>(at), frame_samples, frame.begin());
    AudioCoder::Payload out;
    const auto payload = talk.coder->encode(frame, out);
    line.came(talk.talk.packet(107, {payload.begin(), payload.end()}));
    talk.talk.timestamp += 800;
    earpiece.hear(line.sent().payload);
  }

  CHECK(purity(earpiece.late(), 1000) > clean);
  CHECK(line.digits() == "4");
}

TEST_CASE("a leg may change to another codec and back, and one that holds sends nothing") {
  Line line(speaking(opus));
  CHECK(line.sent().header.payload_type == 107);

  line.agree({.codec = Codec::pcmu});
  CHECK(line.sent().payload == frame(quiet));
  RtpAgreement held = speaking(g722);
  held.send = false;
  line.agree(held);
  line.tick(3);

  CHECK_FALSE(line.party.anything_came());
  CHECK(line.outcome.sent == 2);
}

TEST_CASE("packets of Opus that come regularly have no jitter, though its clock is faster than ours") {
  Line line(speaking(opus));
  CodedTalk talk(opus, 440);

  for (int i = 0; i < 50; ++i) {
    line.came(talk.packet());
    line.tick();
  }

  CHECK(line.stream.quality().heard.packets == 50);
  CHECK(line.stream.quality().heard.jitter < std::chrono::milliseconds(1));
}
