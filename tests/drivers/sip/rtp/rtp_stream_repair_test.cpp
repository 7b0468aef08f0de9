// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>

#include "drivers/sip/rtp/rtp_line.hpp"
#include "drivers/sip/rtp/rtp_tap.hpp"
#include "vcsr/media/g711.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace vcsr::sip::test;

namespace {

constexpr std::uint8_t click = 0x80;  // as loud as µ-law goes
constexpr std::int64_t second = samples_per_second;

/// Audio of a party that clicks once a second of its own clock.
std::uint8_t clicking(std::int64_t sample) { return sample % second / 10 == 12 ? click : quiet; }

/// Keeps where in the heard track it clicks; told apart by 100 ms.
class ClickTap final : public AudioTap {
 public:
  void on_audio(const TapFrame& frame) noexcept override {
    for (std::size_t i = 0; i < frame_samples; ++i) {
      if (std::abs(decode(frame.codec, frame.heard[i])) < 20000) continue;
      const std::int64_t at = now_ + static_cast<std::int64_t>(i);
      if (clicks_.empty() || at - clicks_.back() > second / 10) clicks_.push_back(at);
    }
    now_ += frame_samples;
  }
  const std::vector<std::int64_t>& clicks() const { return clicks_; }

 private:
  std::int64_t now_ = 0;
  std::vector<std::int64_t> clicks_;
};

/// Ten minutes of a party behind a bad network, whose clock is fast by so much of a million.
std::vector<std::int64_t> recorded_clicks(double fast) {
  Line line({.send = false});
  const auto tap = std::make_shared<ClickTap>();
  line.stream.tap(tap);
  std::mt19937 random(20);
  std::uniform_real_distribution<double> delay(0, 50), loss(0, 100);
  std::multimap<double, Bytes> under_way;  // by the millisecond of arrival
  constexpr int ticks = 10 * 60 * 50;
  std::int64_t sample = 0;
  for (int tick = 0; tick < ticks; ++tick) {
    const double now = 20.0 * tick;
    const double clock = 1 + fast / 1e6;
    for (; static_cast<double>(sample) / 8 / clock <= now; sample += frame_samples) {
      Bytes audio;
      for (std::size_t i = 0; i < frame_samples; ++i) audio.push_back(clicking(sample + std::int64_t(i)));
      const double left = static_cast<double>(sample) / 8 / clock;
      const Bytes packet = line.talk.packet(0, audio);
      if (loss(random) >= 5) under_way.emplace(left + delay(random), packet);
      if (loss(random) < 1) under_way.emplace(left + delay(random), packet);
    }
    while (!under_way.empty() && under_way.begin()->first <= now) {
      line.came(under_way.begin()->second);
      under_way.erase(under_way.begin());
    }
    line.tick();
  }
  return tap->clicks();
}

/// How much later than the party clicked it is heard, in samples: the middle one of many clicks.
std::int64_t delay_of(const std::vector<std::int64_t>& clicks, double fast, std::int64_t from,
                      std::int64_t to) {
  std::vector<std::int64_t> delays;
  for (const std::int64_t click : clicks) {
    if (click < from * second || click > to * second) continue;
    const double of_party = static_cast<double>(click) * (1 + fast / 1e6);
    delays.push_back(static_cast<std::int64_t>(std::fmod(of_party, second)));
  }
  REQUIRE(delays.size() > 20);
  std::nth_element(delays.begin(), delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2),
                   delays.end());
  return delays[delays.size() / 2];
}

std::vector<std::uint8_t> voice(std::size_t from) {
  std::vector<std::int16_t> linear;
  for (std::size_t i = 0; i < frame_samples; ++i)
    linear.push_back(static_cast<std::int16_t>(8000 * std::sin(0.1 * static_cast<double>(from + i))));
  std::vector<std::uint8_t> bytes(linear.size());
  encode(Codec::pcmu, linear, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("a recording stays in step for ten minutes, with loss, jitter and a party whose clock is wrong") {
  for (const double fast : {100.0, 0.0, -100.0}) {
    CAPTURE(fast);
    const std::vector<std::int64_t> clicks = recorded_clicks(fast);

    CHECK(clicks.size() > 550);  // of 600; one in twenty is lost, some come later than anybody waits
    CHECK(clicks.size() <= 601);
    const std::int64_t first = delay_of(clicks, fast, 5, 45), last = delay_of(clicks, fast, 555, 600);
    CHECK(std::abs(last - first) < static_cast<std::int64_t>(frame_samples));
    CHECK(last < 120 * 8);
  }
}

TEST_CASE("a lost packet of a voice is heard as that voice, and what follows has no edge") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  for (std::size_t i = 0; i < 12; ++i) {
    const Bytes packet = line.talk.packet(0, voice(i * frame_samples));
    if (i != 8) line.came(packet);
    line.tick();
  }

  const auto frames = tap->frames();
  int before = decode(Codec::pcmu, frames[2].heard.back()), jump = 0, loudest = 0;
  for (std::size_t i = 3; i < frames.size(); ++i) {
    for (const std::uint8_t byte : frames[i].heard) {
      const int sample = decode(Codec::pcmu, byte);
      jump = std::max(jump, std::abs(sample - before));
      if (i == 8) loudest = std::max(loudest, std::abs(sample));
      before = sample;
    }
  }
  CHECK(loudest > 7000);
  CHECK(jump < 2500);  // the voice alone goes up to 800
  CHECK(frames[10].heard == voice(10 * frame_samples));
}

TEST_CASE("a party that stops sending is heard as silence soon") {
  Line line;
  const auto tap = std::make_shared<RtpTap>();
  line.stream.tap(tap);
  for (std::size_t i = 0; i < 5; ++i) {
    line.came(line.talk.packet(0, voice(i * frame_samples)));
    line.tick();
  }

  line.tick(5);

  const auto frames = tap->frames();
  CHECK(frames[5].heard != frame(quiet));
  for (std::size_t i = 8; i < 10; ++i) {
    for (const std::uint8_t byte : frames[i].heard) CHECK(decode(Codec::pcmu, byte) == 0);
  }
}
