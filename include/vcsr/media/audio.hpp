// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "vcsr/base/export.hpp"
#include "vcsr/base/time.hpp"

namespace vcsr {

/// Telephone audio: 8,000 samples a second, one channel, in frames of 20 ms.
constexpr int samples_per_second = 8000;
constexpr std::size_t frame_samples = 160;
constexpr Duration frame_duration = std::chrono::milliseconds(20);

/// 20 ms of linear 16-bit audio, for mixing, detection and speech. Audio that needs none of
/// that stays encoded from file to packet.
using AudioFrame = std::array<std::int16_t, frame_samples>;

/// The laws of ITU-T G.711; one byte per sample. The numbers are their RTP payload types (RFC 3551).
enum class Codec : std::uint8_t { pcmu = 0, pcma = 8 };

/// One byte of G.711 silence.
constexpr std::uint8_t silence_of(Codec codec) { return codec == Codec::pcmu ? 0xff : 0xd5; }

/// A piece of audio that does not change: a prompt, a tone, music. Kept linear and in both laws,
/// so that playing it is copying. Shared by all calls; any thread.
class VCSR_EXPORT Sound {
 public:
  explicit Sound(std::vector<std::int16_t> samples);

  std::span<const std::int16_t> samples() const { return linear_; }
  std::span<const std::uint8_t> encoded(Codec codec) const { return codec == Codec::pcmu ? pcmu_ : pcma_; }
  Duration duration() const;

 private:
  std::vector<std::int16_t> linear_;
  std::vector<std::uint8_t> pcmu_, pcma_;
};

using SoundPtr = std::shared_ptr<const Sound>;

/// What passed through a leg within 20 ms, in the leg's own law; both parts hold frame_samples bytes.
struct TapFrame {
  Codec codec;
  std::span<const std::uint8_t> heard;  ///< from the party to us; silence where a packet was lost
  std::span<const std::uint8_t> sent;   ///< from us to the party; silence where nothing is sent
};

/// Is given a copy of a leg's audio: a recorder, a detector. Called every 20 ms on the driver's
/// media thread, so it must not block, allocate or throw; the last call happens before the leg's
/// tap is replaced or its on_hung_up is told.
class VCSR_EXPORT AudioTap {
 public:
  virtual ~AudioTap();
  virtual void on_audio(const TapFrame& frame) noexcept = 0;
};

}  // namespace vcsr
