// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

/// What was said while nobody took it: the newest ten seconds of both sides, the oldest first. One thread's,
/// but for making and destroying it.
class RecorderBacklog {
 public:
  static constexpr std::size_t most_frames = 500;

  struct Frame {
    std::uint32_t time;  ///< samples since the beginning
    Codec codec;
    std::array<std::array<std::uint8_t, frame_samples>, 2> sides;  ///< heard, sent
  };

  RecorderBacklog() noexcept;
  ~RecorderBacklog();
  RecorderBacklog(const RecorderBacklog&) = delete;

  bool empty() const { return count_ == 0; }
  /// False: something was lost for it, or it itself was.
  bool push(std::uint32_t time, const TapFrame& frame) noexcept;
  const Frame& front() const { return frames_[first_]; }
  void pop() noexcept;

 private:
  Frame* frames_;  ///< null where the system has no memory
  std::size_t first_ = 0, count_ = 0;
};

}  // namespace vcsr::sip
