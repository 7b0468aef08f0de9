// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>

#include "drivers/sip/coded_talk.hpp"
#include "drivers/sip/rtp/rtp_line.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;
using namespace std::chrono_literals;

namespace {

/// A telephone with a port for audio and the next one for reports, and a stream that talks to it.
struct Reports {
  RtpPorts ports{own_host_name(), 23000, 23998};
  RtpPorts::Bound theirs = ports.bind_next();
  RtpSocket their_reports = *RtpSocket::bind({own_host().ip, static_cast<std::uint16_t>(theirs.port + 1)});
  RtpPorts::Bound bound = ports.bind_next();
  const std::uint16_t port = bound.port;
  RtpStream stream{1, std::move(bound.socket), {.sequence = 100, .timestamp = 8000, .ssrc = 9}};
  RtpTalk talk;
  RtcpPoll poll;
  RtpTick tick{.now = 1000s};

  explicit Reports(RtpAgreement plan = {}) {
    plan.party = address();
    stream.be_watched(&poll);
    stream.agree(plan);
  }
  RtpAddress address() const { return {own_host().ip, theirs.port}; }
  void pass(int ticks = 1, bool heard = true) {
    for (int i = 0; i < ticks; ++i) {
      tick.now += frame_duration;
      poll.read([this](RtpStream& ready) { ready.read_reports(tick); });
      if (heard) stream.take(talk.audio(1), address(), tick);
      stream.listen(tick);
      stream.talk(tick);
    }
  }
  std::optional<RtcpPacket> received(RtpSocket& socket) {
    std::array<std::uint8_t, 2048> buffer;
    RtpAddress from;
    while (const auto datagram = socket.receive(buffer, from)) {
      if (is_rtcp(*datagram)) return RtcpPacket::parse(*datagram, talk.ssrc);
    }
    return {};
  }
  /// Until a report arrives; how many ticks it took.
  int until_report(RtpSocket& socket, std::optional<RtcpPacket>& report) {
    for (int ticks = 1; ticks <= 500; ++ticks) {
      pass();
      if ((report = received(socket))) return ticks;
    }
    return 501;
  }
};

Bytes bytes_of(const RtcpPacket& packet) {
  std::array<std::uint8_t, RtcpPacket::longest> out;
  const std::size_t size = packet.write(out, "phone");
  return {out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

TEST_CASE("every five seconds or so the party is told what was sent and how its audio came through") {
  Reports call;
  std::optional<RtcpPacket> report;

  for (int i = 0; i < 3; ++i) {
    const int ticks = call.until_report(call.their_reports, report);
    CHECK(ticks >= 125);
    CHECK(ticks <= 375);
  }

  REQUIRE(report);
  CHECK(report->ssrc == 9);
  CHECK(report->sender);
  CHECK(report->packets == call.tick.sent);
  CHECK(report->octets == call.tick.sent * 160);
  CHECK(report->ntp == ntp_of(call.tick.now));
  REQUIRE(report->block);
  CHECK(report->block->lost == 0);
  CHECK(report->block->highest == 65530 + call.tick.received - 1);
}

TEST_CASE("what the party reports becomes the quality of the leg") {
  Reports call;
  std::optional<RtcpPacket> ours;
  call.until_report(call.their_reports, ours);
  REQUIRE(ours);
  RtcpPacket report{.ssrc = call.talk.ssrc, .sender = true, .ntp = 0x5555000000000000};
  report.block = RtcpBlock{.ssrc = 9, .lost = 5, .highest = 100 + 99};
  report.block->last_report = static_cast<std::uint32_t>(ours->ntp >> 16);

  call.pass(3);
  call.their_reports.send(bytes_of(report), {own_host().ip, static_cast<std::uint16_t>(call.port + 1)});
  call.pass();

  CHECK(call.tick.reports == 1);
  const MediaQuality quality = call.stream.quality();
  REQUIRE(quality.sent);
  CHECK(quality.sent->packets == 100);
  CHECK(quality.sent->lost == 5);
  CHECK(quality.sent->mos < quality.heard.mos);
  REQUIRE(quality.round_trip);
  CHECK(*quality.round_trip > 79ms);
  CHECK(*quality.round_trip < 81ms);
}

TEST_CASE("where it was agreed on reports go through the port of the audio") {
  Reports call({.rtcp_mux = true});
  std::optional<RtcpPacket> report;
  call.until_report(call.theirs.socket, report);
  REQUIRE(report);

  call.stream.take(
      bytes_of({.ssrc = call.talk.ssrc, .block = RtcpBlock{.ssrc = 9, .lost = 3, .highest = 120}}),
      call.address(), call.tick);

  CHECK(call.tick.reports == 1);
  CHECK(call.stream.quality().sent->lost == 3);
  CHECK_FALSE(call.received(call.their_reports));
}

TEST_CASE("reports that are none or come from a stranger are counted and change nothing") {
  Reports call({.rtcp_mux = true});
  call.pass();
  Bytes report = bytes_of({.ssrc = 77, .block = RtcpBlock{.ssrc = 9, .lost = 3, .highest = 120}});

  call.stream.take(report, RtpAddress::parse("10.0.0.1", 5000), call.tick);
  CHECK(call.tick.foreign == 1);
  report[3] = 200;
  call.stream.take(report, call.address(), call.tick);
  CHECK(call.tick.malformed == 1);

  CHECK(call.tick.reports == 0);
  CHECK_FALSE(call.stream.quality().sent);
}

TEST_CASE("a call that ends says goodbye where it reported before, and gives the port back") {
  Reports call;
  call.stream.end(call.tick);
  CHECK_FALSE(call.received(call.their_reports));
  std::optional<RtcpPacket> report;
  call.until_report(call.their_reports, report);

  call.stream.end(call.tick);

  report = call.received(call.their_reports);
  REQUIRE(report);
  CHECK(report->bye);
  CHECK(RtpSocket::bind({own_host().ip, static_cast<std::uint16_t>(call.port + 1)}));
}

TEST_CASE("while somebody else has the port for reports, audio goes on without them") {
  Reports call;
  const auto other = RtpSocket::bind({own_host().ip, static_cast<std::uint16_t>(call.port + 1)});
  REQUIRE(other);

  call.pass(400);

  CHECK_FALSE(call.received(call.their_reports));
  CHECK(call.tick.sent == 400);
  CHECK(call.stream.quality().heard.packets == 400);
}

TEST_CASE("the octets that the party is told of are those that were sent, whatever the codec") {
  for (const WireCodec& wire : {g722, opus}) {
    Reports call({.coding = std::make_shared<RtpCoding>(wire, Codec::pcmu)});
    std::optional<RtcpPacket> report;
    std::array<std::uint8_t, 2048> buffer;
    RtpAddress from;
    std::size_t octets = 0;

    for (int ticks = 0; ticks < 500 && !report; ++ticks) {
      call.pass(1, false);
      while (const auto datagram = call.theirs.socket.receive(buffer, from))
        octets += datagram->size() - rtp_header_bytes;
      report = call.received(call.their_reports);
    }

    REQUIRE(report);
    CHECK(report->octets == octets);
    CHECK((report->octets == report->packets * frame_samples) == (wire.codec == SipCodec::g722));
  }
}
