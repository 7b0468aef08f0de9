// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_engine.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "drivers/sip/rtp/rtp_line.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

namespace {

/// An engine on real sockets and a real clock. Tests wait for what they expect, never for time.
class Desk : public MediaListener {
 public:
  explicit Desk(RtpOptions options = {.address = own_host_name(), .first = 22000, .last = 22998})
      : engine(std::make_unique<RtpEngine>(loop, *this, options)) {}

  void on_played(MediaId id) override { tell("played", id); }
  void on_digit(MediaId id, char digit) override { tell(std::string("digit ") + digit, id); }
  void on_digits_sent(MediaId id) override { tell("digits sent", id); }
  void on_media_lost(MediaId id) override { tell("lost", id); }

  bool was_told(const std::string& what) const {
    return std::find(told.begin(), told.end(), what) != told.end();
  }

  /// As Leg::connect() has it.
  void connect(MediaId a, MediaId b) {
    for (const MediaId media : {a, b}) {
      engine->disconnect(media);
      engine->stop_playing(media);
    }
    engine->hear(a, b, true);
    engine->hear(b, a, true);
  }

  /// Runs the loop until the event came; fails the test when it does not come within ten seconds.
  void wait_for(const std::string& what) {
    const auto timeout = loop.at(loop.now() + std::chrono::seconds(10), [this] { loop.stop(); });
    awaited = what;
    if (!was_told(what)) loop.run();
    loop.cancel(timeout);
    REQUIRE_MESSAGE(was_told(what), "waiting for: " << what);
  }

  /// Runs what was posted to the loop so far.
  void settle() {
    loop.post([this] { loop.stop(); });
    loop.run();
  }

  MediaOpened open(const RtpParty& party, MediaPlan plan = {}) {
    const MediaOpened opened = engine->open();
    plan.address = own_host_name();
    plan.port = party.address().port;
    engine->agree(opened.id, plan);
    return opened;
  }

  AsioLoop loop{1};
  std::vector<std::string> told;
  std::string awaited;
  std::function<void()> on_event = [] {};
  std::unique_ptr<RtpEngine> engine;

 private:
  void tell(const std::string& what, MediaId id) {
    told.push_back(what + " on " + std::to_string(id));
    on_event();
    if (told.back() == awaited) loop.stop();
  }
};

/// Sends and receives until the other side is heard.
bool hears(RtpParty& listener, std::uint8_t byte, const std::function<void()>& send) {
  for (int i = 0; i < 500; ++i) {
    send();
    if (listener.receive().payload == frame(byte)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a prompt played to a telephone arrives whole and in order") {
  Desk desk;
  RtpParty phone;
  const SoundPtr sound = noise(frame_samples * 5);
  const MediaOpened line = desk.open(phone);
  desk.engine->play(line.id, sound, false);

  Bytes heard;
  std::uint16_t sequence = 0;
  for (bool begun = false; heard.size() < sound->samples().size();) {
    const auto packet = phone.receive();
    if (!begun && packet.payload == frame(quiet)) continue;
    if (begun) CHECK(packet.header.sequence == static_cast<std::uint16_t>(sequence + 1));
    CHECK(packet.from.port == line.port);
    sequence = packet.header.sequence;
    begun = true;
    heard.insert(heard.end(), packet.payload.begin(), packet.payload.end());
  }

  const auto bytes = sound->encoded(Codec::pcmu);
  CHECK(heard == Bytes(bytes.begin(), bytes.end()));
  desk.wait_for("played on 1");
}

TEST_CASE("the end of a sound that was replaced before it was told is not told as the end of the new one") {
  Desk desk;
  RtpParty phone;
  const SoundPtr first = noise(frame_samples), second = noise(frame_samples * 50);
  const MediaOpened line = desk.open(phone);
  desk.engine->play(line.id, first, false);
  const Bytes wanted(first->encoded(Codec::pcmu).begin(), first->encoded(Codec::pcmu).end());
  while (phone.receive().payload != wanted) {
  }
  phone.receive();
  phone.receive();

  desk.engine->play(line.id, second, false);
  desk.settle();
  const bool early = desk.was_told("played on 1");
  desk.wait_for("played on 1");

  CHECK_FALSE(early);
}

TEST_CASE("the end of a sound is not told after it was stopped or replaced by another party") {
  Desk desk;
  RtpParty phone, other;
  const SoundPtr sound = noise(frame_samples);
  const Bytes wanted(sound->encoded(Codec::pcmu).begin(), sound->encoded(Codec::pcmu).end());
  const MediaOpened stopped = desk.open(phone), connected = desk.open(other);
  for (const auto& [line, party] : {std::pair(stopped, &phone), std::pair(connected, &other)}) {
    desk.engine->play(line.id, sound, false);
    while (party->receive().payload != wanted) {
    }
    for (int i = 0; i < 2; ++i) party->receive();  // by then the end was told to the loop
  }

  desk.engine->stop_playing(stopped.id);
  desk.connect(connected.id, stopped.id);
  desk.settle();

  CHECK(desk.told.empty());
}

TEST_CASE("two telephones that are connected talk with each other, and no more once one has gone") {
  Desk desk;
  RtpParty a, b;
  RtpTalk a_says{.ssrc = 1}, b_says{.ssrc = 2};
  const MediaOpened line_a = desk.open(a), line_b = desk.open(b, {.codec = Codec::pcma});
  desk.connect(line_a.id, line_b.id);

  CHECK(hears(b, encode(Codec::pcma, 0), [&] { a.send(a_says.audio(encode(Codec::pcmu, 0)), line_a.port); }));
  CHECK(hears(a, encode(Codec::pcmu, 1000),
              [&] { b.send(b_says.audio(encode(Codec::pcma, 1000), Codec::pcma), line_b.port); }));
  desk.engine->close(line_a.id);

  CHECK(hears(b, silence_of(Codec::pcma), [] {}));
}

TEST_CASE("digits are told and sent") {
  Desk desk;
  RtpParty phone;
  RtpTalk talk;
  const MediaOpened line = desk.open(phone, {.events = {event_type}});

  phone.send(talk.event(event_type, 1, {9, 10, 0, 160}), line.port);
  desk.wait_for("digit 9 on 1");
  desk.engine->send_digits(line.id, "3");
  auto packet = phone.receive();
  while (packet.header.payload_type != event_type) packet = phone.receive();

  CHECK(packet.payload[0] == 3);
  desk.wait_for("digits sent on 1");
}

TEST_CASE("digits for a telephone without events are heard as tones") {
  Desk desk;
  RtpParty phone;
  const MediaOpened line = desk.open(phone);
  desk.engine->send_digits(line.id, "3");

  auto packet = phone.receive();
  while (packet.payload == frame(quiet)) packet = phone.receive();

  CHECK(packet.header.payload_type == 0);
  desk.wait_for("digits sent on 1");
}

TEST_CASE("characters that are no digits and addresses that are none are refused by name") {
  Desk desk;
  RtpParty phone;
  const MediaOpened line = desk.open(phone);

  CHECK_THROWS_AS(desk.engine->send_digits(line.id, "12x"), Error);
  CHECK_THROWS_WITH_AS(desk.engine->agree(line.id, {.address = "phone.example.com", .port = 4000}),
                       "RTP: expected an IP address like 192.0.2.1 or 2001:db8::1, got 'phone.example.com'",
                       Error);
}

TEST_CASE("a stranger who sprays packets is dropped and gets no answer") {
  Desk desk;
  RtpParty phone, stranger;
  RtpTalk talk, spray{.ssrc = 666};
  const MediaOpened line = desk.open(phone, {.events = {event_type}});
  const auto tap = std::make_shared<RtpTap>();
  desk.engine->tap(line.id, tap);
  CHECK(hears(phone, quiet, [&] { phone.send(talk.audio(1), line.port); }));
  while (desk.engine->statistics().received == 0) phone.receive();

  for (int i = 0; i < 100; ++i) stranger.send(spray.audio(2), line.port);
  phone.send(talk.event(event_type, 1, {9, 10, 0, 160}), line.port);
  desk.wait_for("digit 9 on 1");

  CHECK_FALSE(stranger.anything_came());
  for (const auto& taken : tap->frames()) CHECK(taken.heard != frame(2));
}

TEST_CASE("a telephone that never speaks is reported lost") {
  Desk desk({.address = own_host_name(),
             .first = 22000,
             .last = 22998,
             .silence_limit = std::chrono::milliseconds(100)});
  RtpParty phone;
  desk.open(phone);

  desk.wait_for("lost on 1");
}

TEST_CASE(
    "when all ports are in use the next line is refused with the remedy, and a closed one frees its port") {
  Desk desk({.address = own_host_name(), .first = 23100, .last = 23102});
  desk.engine->open();
  const MediaOpened second = desk.engine->open();
  const std::string why = "RTP: every even port from 23100 to 23102 of " + own_host_name() +
                          " is in use; widen the range of RTP ports";
  CHECK_THROWS_WITH_AS(desk.engine->open(), why.c_str(), Error);

  desk.engine->close(second.id);

  while (!RtpSocket::bind(RtpAddress::parse(own_host_name(), 23102))) {
  }
  CHECK(desk.engine->open().port == 23102);
}

TEST_CASE("nothing is told of a line after it was closed, and commands to it are ignored") {
  Desk desk;
  RtpParty phone, other;
  const MediaOpened closed = desk.open(phone);
  const MediaOpened open = desk.open(other);
  desk.engine->play(closed.id, noise(1), false);
  for (int i = 0; i < 5; ++i) phone.receive();  // by then the end was told to the loop

  desk.engine->close(closed.id);
  desk.engine->close(closed.id);
  desk.engine->play(closed.id, noise(1), false);
  desk.connect(open.id, closed.id);
  desk.connect(open.id, open.id);
  desk.engine->send_digits(closed.id, "1");
  desk.engine->agree(closed.id, {.address = own_host_name(), .port = 4000});
  desk.engine->tap(closed.id, std::make_shared<RtpTap>());
  desk.engine->play(open.id, noise(1), false);
  desk.wait_for("played on 2");

  CHECK(desk.told == std::vector<std::string>{"played on 2"});
}

TEST_CASE("when tap() or close() has returned, the tap before is called no more") {
  struct Watch : AudioTap {
    explicit Watch(std::atomic<int>& late) : late(late) {}
    void on_audio(const TapFrame&) noexcept override {
      ++calls;
      if (off) ++late;
    }
    std::atomic<int>& late;
    std::atomic<int> calls = 0;
    std::atomic<bool> off = false;
  };
  Desk desk;
  RtpParty phone;
  std::atomic<int> late = 0;
  for (int i = 0; i < 5; ++i) {
    const MediaOpened line = desk.open(phone);
    const auto first = std::make_shared<Watch>(late), second = std::make_shared<Watch>(late);
    desk.engine->tap(line.id, first);
    while (first->calls < 2) phone.receive();

    desk.engine->tap(line.id, second);
    first->off = true;
    CHECK(first.use_count() == 1);
    while (second->calls < 2) phone.receive();
    desk.engine->close(line.id);
    second->off = true;
    CHECK(second.use_count() == 1);
  }

  CHECK(late == 0);
}

TEST_CASE("a listener may let go of the engine when it is told something") {
  Desk desk;
  RtpParty phone;
  const MediaOpened line = desk.open(phone, {.events = {event_type}});
  desk.on_event = [&desk] { desk.engine.reset(); };
  RtpTalk talk;
  for (std::uint32_t i = 0; i < 5; ++i)
    phone.send(talk.event(event_type, 1000 * i, {9, 10, 0, 160}), line.port);

  desk.wait_for("digit 9 on 1");
  desk.settle();

  CHECK(desk.told.size() == 1);
}

TEST_CASE("an engine let go in the midst of many lines leaves no port open") {
  {
    Desk desk({.address = own_host_name(), .first = 23200, .last = 23238});
    RtpParty phone;
    std::vector<MediaOpened> lines;
    for (int i = 0; i < 20; ++i) lines.push_back(desk.open(phone));
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      desk.engine->play(lines[i].id, ringing_tone(), true);
      if (i % 2) desk.connect(lines[i].id, lines[i + 1].id);
    }
    phone.receive();
  }

  for (std::uint16_t port = 23200; port <= 23238; port = static_cast<std::uint16_t>(port + 2)) {
    CHECK(RtpSocket::bind(RtpAddress::parse(own_host_name(), port)));
  }
}

TEST_CASE("packets and their fate are counted") {
  Desk desk;
  RtpParty phone;
  RtpTalk talk;
  const MediaOpened line = desk.open(phone);
  phone.send({1, 2, 3}, line.port);
  phone.send(talk.audio(1), line.port);

  RtpStatistics counted;
  while (counted.received == 0 || counted.malformed == 0) {
    phone.receive();
    counted = desk.engine->statistics();
  }

  CHECK(counted.malformed == 1);
  CHECK(counted.received == 1);
  CHECK(counted.foreign == 0);
  CHECK(counted.sent > 0);
}

TEST_CASE("an engine that had nothing to do takes the next line") {
  Desk desk({.address = own_host_name(), .first = 23300, .last = 23300});
  RtpParty phone;
  for (int i = 0; i < 3; ++i) {
    const MediaOpened line = desk.open(phone);
    phone.receive();
    desk.engine->close(line.id);
    while (!RtpSocket::bind(RtpAddress::parse(own_host_name(), line.port))) {
    }
    while (phone.anything_came()) phone.receive();
  }
}

TEST_CASE("nobody is connected with himself") {
  Desk desk;
  RtpParty phone;
  RtpTalk talk;
  const MediaOpened line = desk.open(phone, {.events = {event_type}});

  desk.connect(line.id, line.id);
  for (int i = 0; i < 5; ++i) {
    phone.send(talk.audio(1), line.port);
    CHECK(phone.receive().payload == frame(quiet));
  }
  phone.send(talk.event(event_type, 1, {9, 10, 0, 160}), line.port);
  desk.wait_for("digit 9 on 1");

  while (phone.anything_came()) CHECK(phone.receive().payload == frame(quiet));
}

TEST_CASE("lines of different threads hear each other, three of them too, and those who stay go on") {
  Desk desk({.address = own_host_name(), .first = 23400, .last = 23998, .threads = 3});
  RtpParty phones[3];
  RtpTalk talks[3];
  MediaOpened lines[3];
  for (std::size_t i = 0; i < 3; ++i) lines[i] = desk.open(phones[i]);
  const auto say = [&](std::size_t who, std::uint8_t byte) {
    return [&, who, byte] { phones[who].send(talks[who].audio(byte), lines[who].port); };
  };

  desk.connect(lines[0].id, lines[1].id);
  CHECK(hears(phones[1], 5, say(0, 5)));
  CHECK(hears(phones[0], 6, say(1, 6)));

  desk.engine->hear(lines[2].id, lines[0].id, true);
  CHECK(hears(phones[2], 7, say(0, 7)));
  desk.engine->close(lines[1].id);
  CHECK(hears(phones[2], 8, say(0, 8)));
}

TEST_CASE("lines move between threads while others talk, and no packet of theirs is numbered twice") {
  Desk desk({.address = own_host_name(), .first = 23400, .last = 23998, .threads = 2, .realtime = false});
  RtpParty phones[4];
  MediaOpened lines[4];
  for (std::size_t i = 0; i < 4; ++i) lines[i] = desk.open(phones[i]);
  std::uint16_t last[4];
  for (std::size_t i = 0; i < 4; ++i) last[i] = phones[i].receive().header.sequence;

  for (int round = 0; round < 6; ++round) {
    desk.connect(lines[0].id, lines[1 + round % 3].id);
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint16_t sequence = phones[i].receive().header.sequence;
      CHECK(sequence == static_cast<std::uint16_t>(last[i] + 1));
      last[i] = sequence;
    }
  }
}
