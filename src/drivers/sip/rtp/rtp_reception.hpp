// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "drivers/sip/rtp/rtcp_packet.hpp"
#include "drivers/sip/rtp/wire_codec.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/telephony/media_quality.hpp"

namespace vcsr::sip {

/// Written by one thread, read by any, for nothing.
template <class T>
class Published {
 public:
  operator T() const noexcept { return value_.load(std::memory_order_relaxed); }
  Published& operator=(T value) noexcept {
    value_.store(value, std::memory_order_relaxed);
    return *this;
  }

 private:
  std::atomic<T> value_{};
};

/// Counts the packets of the party and what reports tell (RFC 3550 §6.4, appendix A). Used by the media
/// thread, but for quality().
class RtpReception {
 public:
  /// Our own packets are counted from `first` on.
  explicit RtpReception(std::uint16_t first = 0) : first_(first) {}

  /// The party begins to count anew, under this name.
  void restart(std::uint32_t ssrc) noexcept;
  /// `timed`: its timestamp says when it was spoken, which that of an event does not.
  void count(std::uint16_t sequence, std::uint32_t timestamp, bool timed, Duration now) noexcept;

  /// What our next report says of the party; empty before its first packet.
  std::optional<RtcpBlock> block(Duration now) noexcept;
  /// What the party reports. A time earlier than the last report's is no answer to it.
  void take(const RtcpPacket& report, Duration now) noexcept;

  /// By which codec the audio is judged from now on.
  void judge_as(SipCodec codec) noexcept { codec_ = codec; }
  /// Any thread.
  MediaQuality quality() const noexcept;

 private:
  std::uint32_t expected() const noexcept { return base_ ? highest_ - *base_ + 1 : 0; }

  const std::uint16_t first_;
  std::uint32_t ssrc_ = 0;
  std::optional<std::uint32_t> base_;
  std::uint32_t highest_ = 0;  // with its wraps above
  std::uint32_t transit_ = 0;
  bool timed_ = false;
  std::uint32_t received_ = 0, expected_before_ = 0, received_before_ = 0;
  std::uint32_t jitter_ = 0;    // sixteenths of a sample
  std::uint32_t reported_ = 0;  // the middle of the time in the party's last sender report
  Duration reported_at_{};

  Published<std::uint64_t> all_expected_, all_received_;
  std::uint64_t expected_earlier_ = 0;  // under other names
  Published<std::uint32_t> all_jitter_;
  Published<SipCodec> codec_;
  Published<bool> answered_;  // the party reported
  Published<std::uint32_t> sent_, sent_lost_, sent_jitter_;
  Published<std::int64_t> round_trip_;
};

/// Time as reports carry it (RFC 3550 §4); any clock that runs evenly will do.
std::uint64_t ntp_of(Duration time) noexcept;

/// What listeners would say of audio with concealment, of this share lost (ITU-T G.107, G.113). All codecs
/// are judged on the scale of narrow calls, for inside audio is no wider.
double mos_of(SipCodec codec, double lost, Duration jitter, Duration round_trip) noexcept;

}  // namespace vcsr::sip
