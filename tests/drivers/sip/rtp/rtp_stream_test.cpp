// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_stream.hpp"

#include <algorithm>
#include <memory>

#include "drivers/sip/rtp/rtp_line.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

TEST_CASE("a played sound arrives byte for byte, in packets numbered without a gap") {
  Line line;
  const SoundPtr sound = noise(frame_samples * 4);
  line.stream.play(sound, false);

  Bytes heard;
  for (std::uint32_t i = 0; i < 4; ++i) {
    const auto packet = line.sent();
    CHECK(packet.header.payload_type == 0);
    CHECK(packet.header.sequence == static_cast<std::uint16_t>(65534 + i));
    CHECK(packet.header.timestamp == 0xffffff00 + 160 * i);
    CHECK(packet.header.ssrc == 9);
    CHECK(packet.header.marker == (i == 0));
    CHECK(line.told(Kind::played) == (i == 3));
    heard.insert(heard.end(), packet.payload.begin(), packet.payload.end());
  }

  const auto bytes = sound->encoded(Codec::pcmu);
  CHECK(heard == Bytes(bytes.begin(), bytes.end()));
  CHECK(line.sent().payload == frame(quiet));
  CHECK(line.outcome.sent == 5);
}

TEST_CASE("a repeated sound goes on until it is stopped, and nothing is told") {
  Line line({.codec = Codec::pcma});
  const SoundPtr sound = noise(frame_samples);
  line.stream.play(sound, true);

  const auto bytes = sound->encoded(Codec::pcma);
  for (int i = 0; i < 5; ++i) CHECK(line.sent().payload == Bytes(bytes.begin(), bytes.end()));
  line.stream.stop_playing();

  const auto packet = line.sent();
  CHECK(packet.payload == frame(silence_of(Codec::pcma)));
  CHECK(packet.header.payload_type == 8);
  CHECK(line.outcome.events.empty());
}

TEST_CASE("a sound that replaces another is the only one whose end is told") {
  Line line;
  line.stream.play(noise(frame_samples * 3), false);
  line.sent();
  const SoundPtr second = noise(frame_samples * 2);

  line.stream.play(second, false);
  CHECK(line.sent().payload ==
        Bytes(second->encoded(Codec::pcmu).begin(), second->encoded(Codec::pcmu).begin() + 160));
  line.tick(5);

  CHECK(line.told(Kind::played) == 1);
}

TEST_CASE("nothing is sent, played or recorded before the plan is agreed on") {
  RtpParty party;
  RtpStream stream(1, *RtpSocket::bind(own_host()), {.silence_limit = 1});
  RtpTick outcome;
  const auto tap = std::make_shared<RtpTap>();
  stream.tap(tap);
  stream.play(noise(frame_samples), false);

  const auto tick = [&] {
    stream.listen(outcome);
    stream.talk(outcome);
  };
  for (int i = 0; i < 5; ++i) tick();

  CHECK(outcome.sent == 0);
  CHECK(outcome.events.empty());
  CHECK(tap->frames().empty());
  stream.agree({.party = party.address()});
  tick();
  CHECK(party.receive().header.timestamp == 5 * 160);
  CHECK(tap->frames().size() == 1);
}

TEST_CASE("connected parties hear each other") {
  Line a, b;
  connect(a.stream, b.stream);

  for (std::uint8_t i = 1; i <= 5; ++i) {
    a.came(a.talk.audio(i));
    b.came(b.talk.audio(static_cast<std::uint8_t>(100 + i)));
    a.tick();
    CHECK(b.sent().payload == frame(i));
    CHECK(a.party.receive().payload == frame(static_cast<std::uint8_t>(i == 1 ? quiet : 99 + i)));
  }
}

TEST_CASE("between parties of different laws audio is transcoded") {
  Line a, b({.codec = Codec::pcma});
  connect(a.stream, b.stream);
  Bytes said(frame_samples), expected(frame_samples);
  for (std::size_t i = 0; i < said.size(); ++i) said[i] = static_cast<std::uint8_t>(i);
  transcode(Codec::pcmu, Codec::pcma, said, expected);

  a.came(a.talk.packet(0, said));
  a.tick();

  const auto packet = b.sent();
  CHECK(packet.header.payload_type == 8);
  CHECK(packet.payload == expected);
}

TEST_CASE("who hears several hears their sum, and nobody hears himself") {
  Line a, b, c({.codec = Codec::pcma});
  for (RtpStream* hearer : {&a.stream, &b.stream, &c.stream}) {
    for (RtpStream* source : {&a.stream, &b.stream, &c.stream}) hearer->hear(*source, true);
  }
  const auto says = [](Line& line, Codec codec, std::int16_t level) {
    line.came(line.talk.audio(encode(codec, level), codec));
    line.tick();
  };
  says(a, Codec::pcmu, 1000);
  says(b, Codec::pcmu, 2000);
  says(c, Codec::pcma, 4000);
  for (Line* line : {&a, &b, &c}) {
    while (line->party.anything_came()) line->party.receive();
  }

  const auto heard = [](Line& line, Codec codec) {
    line.stream.talk(line.outcome);
    return decode(codec, line.party.receive().payload.at(0));
  };
  CHECK(heard(a, Codec::pcmu) == doctest::Approx(6000).epsilon(0.04));
  CHECK(heard(b, Codec::pcmu) == doctest::Approx(5000).epsilon(0.04));
  CHECK(heard(c, Codec::pcma) == doctest::Approx(3000).epsilon(0.04));
  a.stream.hear(b.stream, false);
  CHECK(heard(a, Codec::pcmu) == doctest::Approx(4000).epsilon(0.04));
}

TEST_CASE("what is played to a connected party goes before the other, and ends") {
  Line a, b;
  b.stream.play(noise(frame_samples), true);
  connect(a.stream, b.stream);
  const SoundPtr whisper = noise(frame_samples);
  b.stream.play(whisper, false);

  a.came(a.talk.audio(1));
  a.tick();
  CHECK(b.sent().payload ==
        Bytes(whisper->encoded(Codec::pcmu).begin(), whisper->encoded(Codec::pcmu).end()));
  a.came(a.talk.audio(2));
  a.tick();

  CHECK(b.sent().payload == frame(2));
  CHECK(b.told(Kind::played) == 1);
}

TEST_CASE("a party that is disconnected, connected elsewhere or gone is heard no more") {
  Line a, b;
  auto c = std::make_unique<Line>();
  const auto b_hears = [&](Line& speaker) {
    speaker.came(speaker.talk.audio(5));
    speaker.tick();
    return b.sent().payload == frame(5);
  };
  connect(a.stream, b.stream);
  CHECK(b_hears(a));

  b.stream.disconnect();
  CHECK_FALSE(b_hears(a));
  connect(a.stream, b.stream);
  connect(c->stream, b.stream);
  CHECK_FALSE(b_hears(a));
  CHECK(b_hears(*c));
  b.came(b.talk.audio(6));
  b.sent();
  a.tick(3);
  while (a.party.anything_came()) CHECK(a.party.receive().payload != frame(6));
  c.reset();
  CHECK(b.sent().payload == frame(quiet));
}

TEST_CASE("a tap is given both directions of the same 20 ms") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  const SoundPtr sound = noise(frame_samples);
  line.stream.tap(tap);
  line.tick();
  line.came(line.talk.audio(1));
  line.stream.play(sound, false);
  line.tick();
  line.talk.audio(0);  // lost
  line.tick();
  line.came(line.talk.audio(3));
  line.tick();

  const auto frames = tap->frames();
  REQUIRE(frames.size() == 4);
  CHECK(frames[0] == RtpTap::Frame{Codec::pcmu, frame(quiet), frame(quiet)});
  const Bytes played(sound->encoded(Codec::pcmu).begin(), sound->encoded(Codec::pcmu).end());
  CHECK(frames[1] == RtpTap::Frame{Codec::pcmu, frame(1), played});
  CHECK(frames[2].heard != frame(quiet));  // made up
  CHECK(frames[2].sent == frame(quiet));
  CHECK(frames[3].heard.back() == 3);
}

TEST_CASE("a tap that was replaced is called no more and let go") {
  Line line;
  const auto first = std::make_shared<RtpTap>(), second = std::make_shared<RtpTap>();
  line.stream.tap(first);
  line.tick();

  line.stream.tap(second);
  line.tick(2);

  CHECK(first->frames().size() == 1);
  CHECK(first.use_count() == 1);
  CHECK(second->frames().size() == 2);
}

TEST_CASE("a digit is told once, whichever of its packets are lost") {
  for (const auto& kept :
       {std::vector<int>{0, 1, 2, 3, 4, 5, 6}, {3, 4, 5, 6}, {0, 1}, {6}, {4, 2, 0}, {0, 0, 0}}) {
    Line line(with_events());
    const std::uint32_t began = line.talk.timestamp;

    for (const int packet : kept) {
      const auto duration = static_cast<std::uint8_t>(std::min(packet + 1, 5) * 32);
      line.came(line.talk.event(event_type, began,
                                {11, static_cast<std::uint8_t>(packet >= 4 ? 0x8a : 0x0a), 0, duration}));
      line.tick();
    }
    line.came(line.talk.audio(1));
    line.tick();

    CHECK(line.digits() == "#");
  }
}

TEST_CASE("while a digit comes as an event, silence is heard, and then the audio goes on") {
  Line line(with_events());
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  line.came(line.talk.audio(1));
  line.tick();
  const std::uint32_t began = line.talk.timestamp;
  for (int i = 0; i < 3; ++i) {
    line.came(line.talk.event(event_type, began, {5, 10, 0, 160}));
    line.tick();
  }
  line.came(line.talk.audio(2));
  line.tick();

  std::vector<Bytes> heard;
  for (const auto& frame : tap->frames()) heard.push_back(frame.heard);
  CHECK(heard == std::vector<Bytes>{frame(1), frame(quiet), frame(quiet), frame(quiet), frame(2)});
}

TEST_CASE("malformed events and events that are no digits are not told") {
  Line line(with_events());
  line.came(line.talk.event(event_type, 1, {5, 10}));
  line.came(line.talk.event(event_type, 2, {}));
  line.came(line.talk.event(event_type, 3, {64, 10, 0, 160}));

  CHECK(line.digits().empty());
}

TEST_CASE("a digit of a connected party is told, and passed on as an event under the other's number") {
  Line a(with_events()), b(with_events(96));
  connect(a.stream, b.stream);
  a.came(a.talk.event(event_type, 1, {7, 10, 0, 160}));

  const auto packet = b.sent();

  CHECK(a.digits() == "7");
  CHECK(packet.header.payload_type == 96);
  CHECK(packet.payload == Bytes{7, 10, 0, 160});
  b.tick(20);
  CHECK(b.outcome.events.size() == 1);
  CHECK(b.told(Kind::lost) == 1);
}

TEST_CASE("a flood of digits does not pile up before the connected party") {
  Line a(with_events()), b(with_events());
  connect(a.stream, b.stream);
  for (std::uint32_t i = 0; i < 1000; ++i) a.came(a.talk.event(event_type, i * 1000, {1, 10, 0, 160}));

  b.tick(32 * 8);
  while (b.party.anything_came()) b.party.receive();

  CHECK(b.sent().header.payload_type == 0);
}

TEST_CASE("sent digits are events of one timestamp each, marked at their begin, and audio follows on time") {
  Line line(with_events());
  line.stream.send_digits("1*");
  line.stream.play(noise(frame_samples), false);

  for (int digit = 0; digit < 2; ++digit) {
    const std::uint32_t began = 0xffffff00 + static_cast<std::uint32_t>(digit) * 8 * 160;
    for (int i = 0; i < 7; ++i) {
      const auto packet = line.sent();
      CHECK(packet.header.payload_type == event_type);
      CHECK(packet.header.marker == (i == 0));
      CHECK(packet.header.sequence == static_cast<std::uint16_t>(65534 + digit * 7 + i));
      CHECK(packet.header.timestamp == began);
      const auto event = TelephoneEvent::parse(packet.payload);
      REQUIRE(event);
      CHECK(event->digit() == "1*"[digit]);
      CHECK(event->duration == std::min(i + 1, 5) * 160);
      CHECK(event->end == (i >= 4));
    }
    CHECK(line.told(Kind::digits_sent) == 0);
    line.tick();
  }
  CHECK(line.told(Kind::digits_sent) == 1);

  const auto audio = line.sent();
  CHECK(audio.header.payload_type == 0);
  CHECK(audio.header.marker);
  CHECK(audio.header.timestamp == 0xffffff00 + 16 * 160);
  CHECK(line.told(Kind::played) == 1);
}

TEST_CASE("digits of a party without events are found in its audio") {
  Line line({.detector = std::make_shared<DtmfDetector>()});
  const SoundPtr tones = dtmf_tones("15#");
  const auto bytes = tones->encoded(Codec::pcmu);

  for (std::size_t i = 0; i + frame_samples <= bytes.size(); i += frame_samples) {
    line.came(line.talk.packet(0, Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(i + frame_samples))));
    line.tick();
  }
  for (int i = 0; i < 5; ++i) {
    line.came(line.talk.audio(quiet));
    line.tick();
  }

  CHECK(line.digits() == "15#");
}

TEST_CASE("digits for a party without events are tones, told when all are sent") {
  Line line;
  const SoundPtr one = dtmf_tones("1"), two = dtmf_tones("2");
  line.stream.send_tones(one);
  line.stream.send_tones(two);

  Bytes heard;
  for (int i = 0; i < 20; ++i) {
    CHECK(line.told(Kind::digits_sent) == 0);
    const Bytes payload = line.sent().payload;
    heard.insert(heard.end(), payload.begin(), payload.end());
  }

  Bytes expected(one->encoded(Codec::pcmu).begin(), one->encoded(Codec::pcmu).end());
  expected.insert(expected.end(), two->encoded(Codec::pcmu).begin(), two->encoded(Codec::pcmu).end());
  CHECK(heard == expected);
  CHECK(line.told(Kind::digits_sent) == 1);
}

TEST_CASE("being connected ends what is played to either party") {
  Line a, b;
  a.stream.play(noise(frame_samples), true);
  b.stream.play(noise(frame_samples), true);

  connect(a.stream, b.stream);

  CHECK(a.sent().payload == frame(quiet));
  CHECK(b.sent().payload == frame(quiet));
}

TEST_CASE("when the law changes in the midst of a call, silence is silence in the new one") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  line.came(line.talk.audio(1));
  line.came(line.talk.audio(1));
  line.tick();

  line.agree({.codec = Codec::pcma});
  line.tick();

  const Bytes silent = frame(silence_of(Codec::pcma));
  CHECK(tap->frames().back() == RtpTap::Frame{Codec::pcma, silent, silent});
}

TEST_CASE("a connected party that changes its law is not heard as noise before it speaks") {
  Line a, b({.codec = Codec::pcma});
  connect(a.stream, b.stream);

  a.agree({.codec = Codec::pcma});

  CHECK(b.sent().payload == frame(silence_of(Codec::pcma)));
}

TEST_CASE("packets that queued up are caught up with, several at a time") {
  Line line;
  const std::uint16_t port = line.sent().from.port;
  constexpr std::uint64_t packets = 30;
  for (std::uint64_t i = 0; i < packets; ++i) line.party.send(line.talk.audio(1), port);

  std::uint64_t most = 0;
  while (line.outcome.received < packets) {
    const std::uint64_t before = line.outcome.received;
    line.tick();
    most = std::max(most, line.outcome.received - before);
  }

  CHECK(most > 1);
  CHECK(most <= 8);
}
