// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "base/prefetch.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// A sound and how far it was played.
class RtpSound {
 public:
  RtpSound() = default;
  RtpSound(SoundPtr sound, bool repeat) : sound_(std::move(sound)), repeat_(repeat) {}

  explicit operator bool() const { return sound_ != nullptr; }

  /// Brings them into the processor's cache.
  void prefetch(Codec codec) const noexcept {
    const std::span<const std::uint8_t> bytes = sound_->encoded(codec);
    prefetch_lines(bytes.data() + position_, std::min(frame_samples, bytes.size() - position_));
  }

  /// The next 20 ms, silence behind the end. True when the end was reached.
  bool read(Codec codec, std::span<std::uint8_t, frame_samples> frame) noexcept {
    const std::span<const std::uint8_t> bytes = sound_->encoded(codec);
    auto out = frame.begin();
    while (out != frame.end() && position_ < bytes.size()) {
      const std::span<const std::uint8_t> piece = bytes.subspan(
          position_,
          std::min<std::size_t>(static_cast<std::size_t>(frame.end() - out), bytes.size() - position_));
      out = std::copy(piece.begin(), piece.end(), out);
      position_ += piece.size();
      if (repeat_ && position_ == bytes.size()) position_ = 0;
    }
    std::fill(out, frame.end(), silence_of(codec));
    return !repeat_ && position_ == bytes.size();
  }

 private:
  SoundPtr sound_;
  std::size_t position_ = 0;
  bool repeat_ = false;
};

}  // namespace vcsr::sip
