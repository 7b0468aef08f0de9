// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_media.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "vcsr/media/g711.hpp"

namespace vcsr::sip {
namespace {

/// Two streams and the server's sockets for them.
struct Session {
  Session() {
    targets[0] = {"127.0.0.1", servers[0].port, true, true, true};
    targets[1] = {"127.0.0.1", servers[1].port, true, true, true};
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
  session.take();
  session.media.send_to(session.targets);
  session.take();
  session.take(Codec::pcma);

  const auto customer = session.received(0);
  REQUIRE(customer);
  CHECK(customer->payload_type == 0);
  CHECK(customer->marker);
  CHECK(customer->sequence == 1);
  CHECK(customer->timestamp == 1160);
  CHECK(customer->ssrc == 11);
  CHECK(customer->payload.front() == 0x11);
  const auto heard = session.received(1);
  REQUIRE(heard);
  CHECK(heard->timestamp == 2160);
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
