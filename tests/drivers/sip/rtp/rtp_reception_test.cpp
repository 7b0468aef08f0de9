// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_reception.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;
using namespace std::chrono_literals;

namespace {

/// Packets of 20 ms that come in time, but for those that `lost` names.
struct Talk {
  RtpReception reception;
  Duration now = 1000s;
  std::uint16_t sequence = 65500;
  std::uint32_t timestamp = 0xfffff000;

  Talk() { reception.restart(42); }
  void come(int count, Duration late = {}) {
    for (int i = 0; i < count; ++i) {
      reception.count(sequence, timestamp, true, now + late);
      pass();
    }
  }
  void pass(int count = 1) {
    sequence = static_cast<std::uint16_t>(sequence + count);
    timestamp += 160u * static_cast<std::uint32_t>(count);
    now += 20ms * count;
  }
};

}  // namespace

TEST_CASE("nothing is lost where all packets come, across the wrap of their numbers") {
  Talk talk;
  CHECK_FALSE(talk.reception.block(talk.now));

  talk.come(100);

  const auto block = talk.reception.block(talk.now);
  REQUIRE(block);
  CHECK(block->ssrc == 42);
  CHECK(block->lost == 0);
  CHECK(block->fraction == 0);
  CHECK(block->highest == 65536 + 63);
  CHECK(block->jitter == 0);
  CHECK(block->last_report == 0);
  const MediaQuality quality = talk.reception.quality();
  CHECK(quality.heard.packets == 100);
  CHECK(quality.heard.lost == 0);
  CHECK(quality.heard.mos > 4.3);
  CHECK_FALSE(quality.sent);
}

TEST_CASE("a report says what was lost in all and since the report before") {
  Talk talk;
  talk.come(75);
  talk.pass(25);
  talk.come(1);
  CHECK(talk.reception.block(talk.now)->lost == 25);
  talk.come(49);
  talk.pass(50);
  talk.come(1);

  const auto block = talk.reception.block(talk.now);

  CHECK(block->lost == 75);
  CHECK(block->fraction == 128);
  CHECK(talk.reception.quality().heard.packets == 201);
  CHECK(talk.reception.quality().heard.lost == 75);
}

TEST_CASE("packets that come late or twice do not count as lost") {
  Talk talk;
  talk.come(10);
  const std::uint16_t missing = talk.sequence;
  talk.pass();
  talk.come(5);
  talk.reception.count(missing, 0, false, talk.now);
  talk.reception.count(missing, 0, false, talk.now);

  CHECK(talk.reception.block(talk.now)->lost == -1);
  CHECK(talk.reception.quality().heard.lost == 0);
}

TEST_CASE("jitter is that of RFC 3550: smoothed differences of the time under way") {
  Talk talk;
  for (int i = 0; i < 500; ++i) talk.come(1, i % 2 == 0 ? 0ms : 10ms);

  CHECK(talk.reception.block(talk.now)->jitter >= 75);
  CHECK(talk.reception.block(talk.now)->jitter <= 80);  // 10 ms
  const Duration jitter = talk.reception.quality().heard.jitter;
  CHECK(jitter > 9ms);
  CHECK(jitter <= 10ms);
}

TEST_CASE("a party that counts anew loses nothing by it") {
  Talk talk;
  talk.come(50);
  talk.sequence = 20000;
  talk.come(50);
  talk.reception.restart(43);
  talk.sequence = 100;
  talk.come(50);

  CHECK(talk.reception.block(talk.now)->ssrc == 43);
  CHECK(talk.reception.quality().heard.packets == 150);
  CHECK(talk.reception.quality().heard.lost == 0);
}

TEST_CASE("the round trip is what passed since our report without what the party kept it") {
  RtpReception reception(1000);
  RtcpPacket report{.ssrc = 7};
  report.block = RtcpBlock{.fraction = 26, .lost = 10, .highest = 1099, .jitter = 16};
  report.block->last_report = static_cast<std::uint32_t>(ntp_of(100s) >> 16);
  report.block->since_then = 65536 / 2;

  reception.take(report, 100s + 500ms + 80ms);

  const MediaQuality quality = reception.quality();
  REQUIRE(quality.round_trip);
  CHECK(*quality.round_trip > 79ms);
  CHECK(*quality.round_trip < 81ms);
  REQUIRE(quality.sent);
  CHECK(quality.sent->packets == 100);
  CHECK(quality.sent->lost == 10);
  CHECK(quality.sent->jitter == 2ms);
}

TEST_CASE("a round trip of less than nothing, of clocks that disagree, is none") {
  RtpReception reception;
  RtcpPacket report{.ssrc = 7};
  report.block =
      RtcpBlock{.last_report = static_cast<std::uint32_t>(ntp_of(100s) >> 16), .since_then = 65536};

  reception.take(report, 100s + 900ms);

  CHECK_FALSE(reception.quality().round_trip);
}

TEST_CASE("our report repeats the time of the party's and says how long it was kept") {
  Talk talk;
  talk.come(1);
  RtcpPacket report{.ssrc = 42, .sender = true, .ntp = 0x1111222233334444};
  talk.reception.take(report, talk.now);

  const auto block = talk.reception.block(talk.now + 1500ms);

  CHECK(block->last_report == 0x22223333);
  CHECK(block->since_then == 65536 * 3 / 2);
}

TEST_CASE("the score falls with loss, delay and jitter as G.107 has it") {
  CHECK(mos_of(SipCodec::pcmu, 0, 0ms, 0ms) == doctest::Approx(4.40).epsilon(0.01));
  CHECK(mos_of(SipCodec::pcmu, 0.05, 0ms, 0ms) == doctest::Approx(3.90).epsilon(0.01));
  CHECK(mos_of(SipCodec::pcmu, 0.2, 0ms, 0ms) < 3);
  CHECK(mos_of(SipCodec::pcmu, 0, 0ms, 600ms) < 4);
  CHECK(mos_of(SipCodec::pcmu, 0, 50ms, 0ms) < mos_of(SipCodec::pcmu, 0, 5ms, 0ms));
  CHECK(mos_of(SipCodec::pcmu, 1, 1s, 5s) == 1);
}

TEST_CASE(
    "the score of a leg is that of its codec: Opus suffers more from loss than G.711, G.722 hardly more") {
  const auto with = [](SipCodec codec, double lost) { return mos_of(codec, lost, 0ms, 0ms); };

  CHECK(with(SipCodec::pcma, 0.05) == with(SipCodec::pcmu, 0.05));
  CHECK(with(SipCodec::g722, 0) == doctest::Approx(4.36).epsilon(0.005));
  CHECK(with(SipCodec::opus, 0) == with(SipCodec::g722, 0));
  CHECK(with(SipCodec::opus, 0.05) == doctest::Approx(3.50).epsilon(0.02));
  CHECK(with(SipCodec::opus, 0.05) < with(SipCodec::g722, 0.05));
  CHECK(with(SipCodec::g722, 0.05) < with(SipCodec::pcmu, 0.05));
}

TEST_CASE("a leg that changes its codec is judged by the new one") {
  Talk talk;
  talk.come(1);
  const double before = talk.reception.quality().heard.mos;

  talk.reception.judge_as(SipCodec::opus);

  CHECK(talk.reception.quality().heard.mos < before);
}
