// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_media.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "drivers/sip/rtp/rtcp_packet.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr::sip {
namespace {

/// Two streams and the server's sockets for them.
struct Session {
  Session() {
    targets[0] = {"127.0.0.1", servers[0].port, true, true, true};
    targets[1] = {"127.0.0.1", servers[1].port, true, true, true};
  }

  /// How many packets wait at a server's socket.
  int count(std::size_t stream) {
    int packets = 0;
    while (received(stream)) ++packets;
    return packets;
  }
  static std::array<RecorderStream, 2> open(RtpPorts& ports) {
    return {RecorderStream{ports.bind_next(), 11, 1000, 1}, RecorderStream{ports.bind_next(), 12, 2000, 2}};
  }
  void take(Codec codec = Codec::pcmu) {
    heard.fill(0x11);
    sent.fill(0x22);
    media.take({codec, heard, sent});
  }
  /// What came to a server's socket; loopback has it at once.
  std::optional<RtpPacket> received(std::size_t stream) {
    RtpAddress from;
    const auto datagram = servers[stream].socket.receive(buffer, from);
    return datagram ? RtpPacket::parse(*datagram) : std::nullopt;
  }

  RtpPorts ports{"127.0.0.1", 15000, 15098};
  std::array<RtpPorts::Bound, 2> servers{ports.bind_next(), ports.bind_next()};
  RecorderMedia media{open(ports)};
  RecorderTargets targets;
  std::array<std::uint8_t, frame_samples> heard{}, sent{};
  std::array<std::uint8_t, 2048> buffer{};
};

}  // namespace

TEST_CASE("each side of the call goes to its own port, in the call's law") {
  Session session;
  session.media.send_to(session.targets);
  session.take();
  session.take(Codec::pcma);

  const auto customer = session.received(0);
  REQUIRE(customer);
  CHECK(customer->payload_type == 0);
  CHECK(customer->marker);
  CHECK(customer->sequence == 1);
  CHECK(customer->timestamp == 1000);
  CHECK(customer->ssrc == 11);
  CHECK(customer->payload.front() == 0x11);
  const auto heard = session.received(1);
  REQUIRE(heard);
  CHECK(heard->timestamp == 2000);
  CHECK(heard->payload.size() == frame_samples);
  CHECK(heard->payload.back() == 0x22);
  const auto next = session.received(0);
  REQUIRE(next);
  CHECK(next->payload_type == 8);
  CHECK_FALSE(next->marker);
  CHECK(next->sequence == 2);
  CHECK_FALSE(session.received(0));
}

TEST_CASE("while a recording is paused nothing is sent, and time goes on") {
  Session session;
  session.media.send_to(session.targets);
  session.take();
  session.media.silence(true);
  session.take();
  session.take();
  session.media.silence(false);
  session.take();

  CHECK(session.received(0)->timestamp == 1000);
  const auto after = session.received(0);
  REQUIRE(after);
  CHECK(after->timestamp == 1000 + 3 * 160);
  CHECK(after->sequence == 2);
  CHECK(after->marker);
  CHECK_FALSE(session.received(0));
}

TEST_CASE("what was said before the recorder takes it comes first, and faster than it was said") {
  Session session;
  for (int i = 0; i < 7; ++i) session.take();
  session.media.send_to(session.targets);
  CHECK_FALSE(session.received(0));

  session.take();

  for (std::uint32_t i = 0; i < 5; ++i) {
    const auto packet = session.received(0);
    REQUIRE(packet);
    CHECK(packet->timestamp == 1000 + i * 160);
    CHECK(packet->sequence == 1 + i);
    CHECK(packet->marker == (i == 0));
  }
  CHECK_FALSE(session.received(0));
  CHECK(session.count(1) == 5);
  session.take();
  CHECK(session.count(0) == 4);
  session.take();
  CHECK(session.received(0)->timestamp == 1000 + 9 * 160);
  CHECK(session.media.take_lost() == Duration::zero());
}

TEST_CASE("of what nobody takes the last ten seconds are kept, and how much was lost is known") {
  Session session;
  for (int i = 0; i < 550; ++i) session.take();
  CHECK(session.media.take_lost() == std::chrono::seconds(1));
  CHECK(session.media.take_lost() == Duration::zero());

  session.media.send_to(session.targets);
  session.take();

  CHECK(session.received(0)->timestamp == 1000 + 51 * 160);
}

TEST_CASE("what is kept when the call ends is sent all the same, and nothing after it") {
  Session session;
  for (int i = 0; i < 7; ++i) session.take();
  session.media.close();
  session.take();
  CHECK(session.media.drain() == RecorderMedia::Rest::waits);

  session.media.send_to(session.targets);

  CHECK(session.media.drain() == RecorderMedia::Rest::more);
  CHECK(session.count(0) == 5);
  CHECK(session.media.drain() == RecorderMedia::Rest::none);
  CHECK(session.count(0) == 2);
  CHECK(session.count(1) == 7);
}

TEST_CASE("what a server that holds its streams is not sent at the end is known to be lost") {
  Session session;
  for (int i = 0; i < 50; ++i) session.take();
  for (RecorderTarget& target : session.targets) target.receives = false;
  session.media.send_to(session.targets);
  session.media.close();
  CHECK(session.media.drain() == RecorderMedia::Rest::waits);

  session.media.abandon();

  CHECK(session.media.drain() == RecorderMedia::Rest::none);
  CHECK(session.media.take_lost() == std::chrono::seconds(1));
  CHECK(session.count(0) == 0);
}

TEST_CASE("a session that is lost is waited for, and given up without a trace") {
  Session session;
  session.media.send_to(session.targets);
  session.take();
  session.media.wait();
  session.take();
  session.media.send_to(session.targets);
  session.take();
  CHECK(session.count(0) == 3);

  session.media.give_up();
  for (int i = 0; i < 600; ++i) session.take();

  CHECK(session.count(0) == 0);
  CHECK(session.media.take_lost() == Duration::zero());
}

TEST_CASE("what is said in a pause is kept no more than it is sent") {
  Session session;
  session.take();
  session.media.silence(true);
  session.take();
  session.media.send_to(session.targets);
  session.take();
  CHECK(session.count(0) == 0);
  session.media.silence(false);
  session.take();

  CHECK(session.received(0)->timestamp == 1000);
  CHECK(session.received(0)->timestamp == 1000 + 3 * 160);
}

TEST_CASE("with a key what goes out can be read with it alone") {
  Session session;
  const SrtpKey key = SrtpKey::random(SrtpSuite::aes128_sha80);
  session.targets[0].key = key;
  session.media.send_to(session.targets);

  session.take();

  RtpAddress from;
  const auto datagram = session.servers[0].socket.receive(session.buffer, from);
  REQUIRE(datagram);
  REQUIRE(datagram->size() == rtp_header_bytes + frame_samples + 10);
  CHECK(datagram->back() != 0x11);
  SrtpStream reader(key, SrtpStream::Direction::receives);
  alignas(4) std::array<std::uint8_t, 2048> clear;
  const auto opened = reader.open(*datagram, clear);
  REQUIRE(opened);
  CHECK(opened->back() == 0x11);
  CHECK(session.received(1)->payload.front() == 0x22);
}

TEST_CASE("both streams report when what was said, so that they can be kept together") {
  Session session;
  std::array<RtpPorts::Bound, 2> places{session.ports.bind_next(), session.ports.bind_next()};
  for (std::size_t i = 0; i < 2; ++i) session.targets[i].reports = places[i].port;
  session.media.send_to(session.targets);
  std::array<std::vector<RtcpPacket>, 2> reports;

  for (int i = 0; i < 2000; ++i) {
    session.take();
    for (std::size_t stream = 0; stream < 2; ++stream) {
      session.count(stream);
      RtpAddress from;
      const auto datagram = places[stream].socket.receive(session.buffer, from);
      const auto report = datagram ? RtcpPacket::parse(*datagram, 0) : std::nullopt;
      if (report) reports[stream].push_back(*report);
    }
  }

  // Some 40 s, with a report every 5 s on average.
  for (const auto& all : reports) {
    CHECK(all.size() > 4);
    CHECK(all.size() < 17);
  }
  const RtcpPacket &customer = reports[0].front(), &heard = reports[1].front();
  CHECK(customer.sender);
  CHECK(customer.ssrc == 11);
  CHECK(customer.packets == (customer.timestamp - 1000) / 160);
  CHECK(customer.octets == customer.packets * 160);
  // The same clock: what was said since the beginning, on each.
  const auto began = [](const RtcpPacket& report, std::uint32_t first) {
    return static_cast<double>(report.ntp) / 4294967296.0 - (report.timestamp - first) / 8000.0;
  };
  CHECK(began(customer, 1000) == doctest::Approx(began(heard, 2000)));
}

TEST_CASE("a recorder that takes one law only is given that one") {
  Session session;
  session.targets[0].pcmu = false;
  session.media.send_to(session.targets);

  session.take();

  const auto packet = session.received(0);
  REQUIRE(packet);
  CHECK(packet->payload_type == 8);
  std::array<std::uint8_t, 1> byte{0x11};
  transcode(Codec::pcmu, Codec::pcma, byte, byte);
  CHECK(packet->payload.front() == byte.front());
}

TEST_CASE("a stream that was refused, is held or has nowhere to go is not sent") {
  Session session;
  session.targets[0].port = 0;
  session.targets[1].receives = false;
  session.media.send_to(session.targets);
  session.take();
  session.targets[1].receives = true;
  session.targets[0] = {"0.0.0.0", 4000, true, true, true};
  session.media.send_to(session.targets);
  session.take();

  CHECK_FALSE(session.received(0));
  CHECK(session.received(1)->timestamp == 2160);
  CHECK_FALSE(session.received(1));
}

}  // namespace vcsr::sip
