// SPDX-License-Identifier: Apache-2.0
// Whom a stream believes, and what it does when the party is on hold, elsewhere or gone.
#include <memory>

#include "drivers/sip/rtp/rtp_line.hpp"
#include "drivers/sip/rtp/rtp_stream.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

TEST_CASE("a stranger is not heard, not recorded, not answered, and counted") {
  Line line(with_events());
  RtpParty stranger;
  RtpTalk talk{.ssrc = 666};
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  line.came(line.talk.audio(1));

  for (int i = 0; i < 10; ++i) {
    line.stream.take(talk.audio(2), stranger.address(), line.outcome);
    line.stream.take(talk.event(event_type, 1, {1, 10, 0, 160}), stranger.address(), line.outcome);
    line.tick();
  }

  CHECK(line.outcome.foreign == 20);
  CHECK(line.outcome.received == 1);
  CHECK(line.digits().empty());
  CHECK_FALSE(stranger.anything_came());
  for (const auto& taken : tap->frames()) CHECK(taken.heard != frame(2));
  for (int i = 0; i < 10; ++i) line.party.receive();
}

TEST_CASE("who forges the party's address but not its SSRC is not heard while the party talks") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  RtpTalk forged{.ssrc = 666, .timestamp = line.talk.timestamp};

  for (int i = 0; i < 10; ++i) {
    line.came(line.talk.audio(1));
    line.came(forged.audio(2));
    line.tick();
  }

  CHECK(line.outcome.foreign == 10);
  for (const auto& taken : tap->frames()) CHECK(taken.heard == frame(1));
}

TEST_CASE("a party that goes on under another SSRC is heard again after a moment") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  line.came(line.talk.audio(1));
  line.tick();
  RtpTalk renewed{.ssrc = 78, .timestamp = 0x80000000};

  for (int i = 0; i < 5; ++i) {
    line.came(renewed.audio(2));
    line.tick();
  }

  CHECK(tap->frames().back().heard == frame(2));
  CHECK(line.outcome.foreign == 2);
}

TEST_CASE("a telephone behind a router is answered at the router's address") {
  Line line;
  RtpParty router;
  for (int i = 0; i < 3; ++i) {
    line.stream.take(line.talk.audio(1), router.address(), line.outcome);
    line.sent();
    CHECK_FALSE(router.anything_came());
  }

  line.stream.take(line.talk.audio(1), router.address(), line.outcome);
  line.tick();

  router.receive();
  CHECK(line.outcome.foreign == 3);
  CHECK(line.outcome.received == 1);
}

TEST_CASE("what is no RTP is dropped and counted") {
  Line line;

  line.came({});
  line.came({0x80, 0, 1});
  line.came(Bytes(172, 0));
  line.came(line.talk.packet(0, {}));
  line.came(line.talk.packet(13, {1}));
  line.came(line.talk.packet(8, Bytes(4000, 1)));  // longer than any datagram that is read

  CHECK(line.outcome.malformed == 4);
  CHECK(line.outcome.received == 2);
  CHECK(line.sent().payload == frame(quiet));
}

TEST_CASE("a party that sends the other law than agreed on is understood") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);

  line.came(line.talk.audio(silence_of(Codec::pcma), Codec::pcma));
  line.tick();

  CHECK(tap->frames().back().codec == Codec::pcmu);
  const std::uint8_t heard = tap->frames().back().heard[0];
  CHECK((heard == 0xff || heard == 0x7f || heard == 0xfe || heard == 0x7e));
}

TEST_CASE("packets out of order and of 30 ms are heard as they were said") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  std::vector<Bytes> packets;
  for (std::uint8_t i = 0; i < 4; ++i) {
    line.talk.timestamp = 1000 + 240u * i;
    packets.push_back(line.talk.packet(0, Bytes(240, static_cast<std::uint8_t>(i + 1))));
  }

  for (const int i : {0, 2, 1, 3}) line.came(packets[static_cast<std::size_t>(i)]);
  line.tick(7);

  Bytes heard, expected(80, quiet);
  for (const auto& taken : tap->frames()) heard.insert(heard.end(), taken.heard.begin(), taken.heard.end());
  for (std::uint8_t i = 1; i <= 4; ++i) expected.insert(expected.end(), 240, i);
  expected.resize(heard.size(), quiet);
  CHECK(heard.size() == 7 * frame_samples);
  const std::size_t dropped = 80 + 4 * 240 - RtpPlayout::longest;  // 40 ms more than may wait came at once
  Bytes kept(expected.begin() + static_cast<std::ptrdiff_t>(dropped), expected.end());
  kept.resize(RtpPlayout::longest);
  heard.resize(RtpPlayout::longest);  // then it is made up
  CHECK(heard == kept);
}

TEST_CASE("while the party does not want to hear us nothing is sent, but time goes on") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  const SoundPtr sound = noise(frame_samples * 10);
  line.stream.play(sound, false);
  CHECK(line.sent().header.marker);

  line.agree({.send = false});
  line.tick(5);
  CHECK_FALSE(line.party.anything_came());
  CHECK(tap->frames().back().sent == frame(quiet));
  line.agree({});
  const auto packet = line.sent();
  line.tick(3);

  CHECK(packet.header.marker);
  CHECK(packet.header.timestamp == 0xffffff00 + 6 * 160);
  CHECK(packet.header.sequence == 65535);
  const auto rest = sound->encoded(Codec::pcmu).subspan(6 * frame_samples, frame_samples);
  CHECK(packet.payload == Bytes(rest.begin(), rest.end()));
  CHECK(line.told(Kind::played) == 1);
}

TEST_CASE("a prompt and digits end while nobody hears them") {
  Line line({.events = {event_type}, .send = false});
  line.stream.play(noise(frame_samples * 2), false);
  line.stream.send_digits("1");

  line.tick(10);

  CHECK(line.told(Kind::digits_sent) == 1);
  CHECK(line.told(Kind::played) == 1);
  CHECK(line.outcome.sent == 0);
}

TEST_CASE("while we do not want to hear the party nothing of it is heard, told or missed") {
  Line line({.events = {event_type}, .receive = false});
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);

  line.came(line.talk.audio(1));
  line.came(line.talk.event(event_type, 1, {1, 10, 0, 160}));
  line.tick(3 * limit);

  for (const auto& taken : tap->frames()) CHECK(taken.heard == frame(quiet));
  CHECK(line.outcome.events.empty());
}

TEST_CASE("a party that falls silent is reported lost, once") {
  Line line;
  line.came(line.talk.audio(1));

  line.tick(limit - 1);
  CHECK(line.told(Kind::lost) == 0);
  line.came(line.talk.audio(1));
  line.tick(limit - 1);
  CHECK(line.told(Kind::lost) == 0);
  line.tick(3 * limit);

  CHECK(line.told(Kind::lost) == 1);
}

TEST_CASE("after hold the party has the whole time again before it counts as lost") {
  Line line({.receive = false});
  line.tick(5 * limit);

  line.agree({});
  line.tick(limit - 1);
  CHECK(line.told(Kind::lost) == 0);
  line.tick();

  CHECK(line.told(Kind::lost) == 1);
}

TEST_CASE("packets of a stranger do not keep a party alive") {
  Line line;
  RtpParty stranger;
  RtpTalk talk{.ssrc = 666};
  line.came(line.talk.audio(1));

  for (std::uint32_t i = 0; i < limit; ++i) {
    line.stream.take(talk.audio(1), stranger.address(), line.outcome);
    line.tick();
  }

  CHECK(line.told(Kind::lost) == 1);
}

TEST_CASE("a party that moves to another address is answered and heard there only") {
  Line line;
  RtpParty moved;
  line.came(line.talk.audio(1));
  line.sent();

  line.agree({.party = moved.address()});
  RtpTalk talk{.ssrc = 78};
  line.stream.take(talk.audio(1), moved.address(), line.outcome);
  line.came(line.talk.audio(2));
  line.tick();

  moved.receive();
  CHECK_FALSE(line.party.anything_came());
  CHECK(line.outcome.received == 2);
  CHECK(line.outcome.foreign == 1);
}

TEST_CASE("nothing is sent to a party on hold at 0.0.0.0") {
  Line line;
  line.sent();

  line.stream.agree({.party = RtpAddress::parse("0.0.0.0", line.party.address().port)});
  line.tick(3);

  CHECK(line.outcome.sent == 1);
}

TEST_CASE("when the plan changes to one without events, digits on their way end without packets of no type") {
  Line line(with_events());
  line.stream.send_digits("1");
  line.sent();

  line.agree({});
  line.tick(7);

  CHECK(line.told(Kind::digits_sent) == 1);
  CHECK(line.outcome.sent == 1);
}

TEST_CASE("time that passed without ticks is seen in the timestamps") {
  Line line;
  line.sent();

  line.stream.pass(50);

  CHECK(line.sent().header.timestamp == 0xffffff00 + 51 * 160);
}
