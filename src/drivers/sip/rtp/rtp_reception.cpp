// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_reception.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

namespace {

constexpr std::uint16_t most_dropout = 3000, most_misorder = 100;  // RFC 3550 §A.1
constexpr std::int64_t microseconds_per_second = 1'000'000;

std::uint32_t samples_of(Duration time) {
  return static_cast<std::uint32_t>(time.count() * samples_per_second / microseconds_per_second);
}
Duration time_of(std::uint32_t samples) {
  return Duration(std::int64_t{samples} * microseconds_per_second / samples_per_second);
}
/// Of the E-model: what coding alone costs (Ie), and how little loss costs (Bpl).
struct Judgment {
  double impairment, robustness;
};

Judgment judgment_of(SipCodec codec) {
  switch (codec) {
    case SipCodec::pcmu:
    case SipCodec::pcma: break;
    // G.113 has no figures on this scale. The nearest ADPCM it has is G.726 at 40 kbit/s; what is lost is
    // concealed as G.711 is.
    case SipCodec::g722: return {2, 25.1};
    // Nor has it of Opus: measured at narrow bandwidth and 11 kbit/s (Alahmadi, Počta, Melvin 2021).
    case SipCodec::opus: return {2, 16};
  }
  return {0, 25.1};
}

std::uint32_t middle_of(std::uint64_t ntp) { return static_cast<std::uint32_t>(ntp >> 16); }

}  // namespace

std::uint64_t ntp_of(Duration time) noexcept {
  const std::int64_t whole = time.count() / microseconds_per_second,
                     rest = time.count() % microseconds_per_second;
  return static_cast<std::uint64_t>(whole) << 32 |
         (static_cast<std::uint64_t>(rest) << 32) / static_cast<std::uint64_t>(microseconds_per_second);
}

double mos_of(SipCodec codec, double lost, Duration jitter, Duration round_trip) noexcept {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  constexpr double packet = 20;
  const Judgment judgment = judgment_of(codec);
  const double delay = Milliseconds(round_trip).count() / 2 + 2 * Milliseconds(jitter).count() + packet;
  const double percent = 100 * std::clamp(lost, 0.0, 1.0);
  const double impairment =
      judgment.impairment + (95 - judgment.impairment) * percent / (percent + judgment.robustness);
  const double r = 93.2 - 0.024 * delay - 0.11 * std::max(0.0, delay - 177.3) - impairment;
  if (r <= 0) return 1;
  return std::clamp(1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6, 1.0, 4.5);
}

void RtpReception::restart(std::uint32_t ssrc) noexcept {
  expected_earlier_ += expected();
  ssrc_ = ssrc;
  base_.reset();
  timed_ = false;
  reported_ = 0;
  received_ = expected_before_ = received_before_ = 0;
}

void RtpReception::count(std::uint16_t sequence, std::uint32_t timestamp, bool timed, Duration now) noexcept {
  const auto ahead = static_cast<std::uint16_t>(sequence - static_cast<std::uint16_t>(highest_));
  if (!base_ || (ahead >= most_dropout && ahead <= UINT16_MAX - most_misorder)) {
    restart(ssrc_);
    base_ = highest_ = sequence + (std::uint32_t{1} << 16);  // so that earlier ones are none below zero
  } else if (ahead < most_dropout) {
    highest_ += ahead;
  }
  ++received_;
  all_received_ = all_received_ + 1;
  all_expected_ = expected_earlier_ + expected();
  if (!timed) return;
  const std::uint32_t transit = samples_of(now) - timestamp;
  if (std::exchange(timed_, true)) {
    const auto moved = static_cast<std::int32_t>(transit - transit_);
    // The party's clock was set, or its talk began anew: no jitter.
    if (std::abs(moved) < samples_per_second)
      jitter_ += static_cast<std::uint32_t>(std::abs(moved)) - ((jitter_ + 8) >> 4);
  }
  transit_ = transit;
  all_jitter_ = jitter_ >> 4;
}

std::optional<RtcpBlock> RtpReception::block(Duration now) noexcept {
  if (!base_) return {};
  const std::uint32_t all = expected(), expected = all - expected_before_,
                      received = received_ - received_before_;
  expected_before_ = all;
  received_before_ = received_;
  RtcpBlock block{.ssrc = ssrc_, .highest = highest_ - (std::uint32_t{1} << 16), .jitter = jitter_ >> 4};
  block.lost = static_cast<std::int32_t>(all - received_);
  if (expected > received)
    block.fraction =
        static_cast<std::uint8_t>(std::min<std::uint32_t>((expected - received) * 256 / expected, 255));
  block.last_report = reported_;
  if (reported_ != 0) block.since_then = middle_of(ntp_of(now - reported_at_));
  return block;
}

void RtpReception::take(const RtcpPacket& report, Duration now) noexcept {
  if (report.sender) {
    reported_ = middle_of(report.ntp);
    reported_at_ = now;
  }
  if (!report.block) return;
  const RtcpBlock& block = *report.block;
  answered_ = true;
  sent_lost_ = static_cast<std::uint32_t>(std::max(block.lost, 0));
  sent_ = block.highest < first_ ? 0 : block.highest - first_ + 1;
  sent_jitter_ = block.jitter;
  if (block.last_report == 0) return;
  const std::uint32_t took = middle_of(ntp_of(now)) - block.last_report - block.since_then;
  // A clock that is off by a little makes it less than nothing.
  if (took < 60u << 16)
    round_trip_ = std::max<std::int64_t>(std::int64_t{took} * microseconds_per_second >> 16, 1);
}

MediaQuality RtpReception::quality() const noexcept {
  MediaQuality quality;
  if (round_trip_ != 0) quality.round_trip = Duration(round_trip_);
  const auto judge = [&quality, codec = SipCodec(codec_)](MediaQuality::Direction& direction) {
    const double packets = static_cast<double>(std::max<std::uint64_t>(direction.packets, 1));
    direction.mos = mos_of(codec, static_cast<double>(direction.lost) / packets, direction.jitter,
                           quality.round_trip.value_or(Duration::zero()));
  };
  const std::uint64_t expected = all_expected_, received = all_received_;
  quality.heard = {expected, expected > received ? expected - received : 0, time_of(all_jitter_)};
  judge(quality.heard);
  if (answered_) {
    quality.sent = {sent_, sent_lost_, time_of(sent_jitter_)};
    judge(*quality.sent);
  }
  return quality;
}

}  // namespace vcsr::sip
