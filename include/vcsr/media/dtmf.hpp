// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "vcsr/base/export.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// 0-9 * # A-D.
VCSR_EXPORT bool is_dtmf_digit(char c) noexcept;

/// Finds digits in audio (ITU-T Q.24). One per stream of 8 kHz audio; not thread-safe.
class VCSR_EXPORT DtmfDetector {
 public:
  DtmfDetector();
  ~DtmfDetector();
  DtmfDetector(DtmfDetector&&) noexcept;
  DtmfDetector& operator=(DtmfDetector&&) noexcept;

  /// Any number of samples; returns the digits that have become certain, usually none.
  std::string feed(std::span<const std::int16_t> samples);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The payload of an RFC 4733 telephone-event packet: four bytes.
struct TelephoneEvent {
  std::uint8_t event = 0;  ///< 0-15: the digits 0-9 * # A-D
  bool end = false;
  std::uint8_t volume = 10;    ///< minus dBm0, 0-63
  std::uint16_t duration = 0;  ///< in samples since the event began

  /// Empty when the payload is not four bytes long.
  static VCSR_EXPORT std::optional<TelephoneEvent> parse(std::span<const std::uint8_t> payload) noexcept;
  VCSR_EXPORT std::array<std::uint8_t, 4> bytes() const noexcept;
  /// 0 when the event is not a digit.
  VCSR_EXPORT char digit() const noexcept;
  /// Throws Error(invalid) when the character is no digit.
  static VCSR_EXPORT TelephoneEvent of(char digit);
};

/// Turns the many packets of one event into one digit, told once at its first packet, whichever
/// of them are lost, repeated or late (RFC 4733 §2.5.1).
class VCSR_EXPORT TelephoneEventReceiver {
 public:
  /// `timestamp` is the packet's RTP timestamp.
  std::optional<char> receive(std::uint32_t timestamp, std::span<const std::uint8_t> payload) noexcept;

 private:
  std::optional<std::uint32_t> last_;
  char last_digit_ = 0;
};

}  // namespace vcsr
