// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <vector>

#include "vcsr/media/audio.hpp"

namespace vcsr::sip::test {

/// Keeps everything it is given.
class RtpTap : public AudioTap {
 public:
  struct Frame {
    Codec codec;
    std::vector<std::uint8_t> heard, sent;
    bool operator==(const Frame&) const = default;
  };

  void on_audio(const TapFrame& frame) noexcept override {
    const std::lock_guard lock(mutex_);
    frames_.push_back(
        {frame.codec, {frame.heard.begin(), frame.heard.end()}, {frame.sent.begin(), frame.sent.end()}});
  }

  std::vector<Frame> frames() const {
    const std::lock_guard lock(mutex_);
    return frames_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Frame> frames_;
};

}  // namespace vcsr::sip::test
