// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "media/detection/speech_activity.hpp"
#include "media/detection/tone_block.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr {

/// Cuts what somebody says out of a stream: from a moment before the first word to the pause after the
/// last. Takes all its memory at the beginning.
class Utterance {
 public:
  enum class State { silent, speaking, over };

  Utterance() : samples_(most_frames * frame_samples) {}

  void next(std::span<const std::int16_t, frame_samples> frame) {
    if (state_ == State::over) return;
    const bool active = activity_.next(analyze_tones(frame).level);
    active_ = active ? active_ + 1 : 0;
    if (active_ >= first_word) {
      state_ = State::speaking;
      pause_ = 0;
    } else if (state_ == State::speaking) {
      ++pause_;
    }
    keep(frame);
    if (state_ == State::speaking && (pause_ >= last_pause || frames_ == most_frames)) state_ = State::over;
  }

  State state() const { return state_; }
  /// Once it is over.
  std::vector<std::int16_t> take() {
    samples_.resize(frames_ * frame_samples);
    return std::move(samples_);
  }

 private:
  // In frames of 20 ms.
  static constexpr std::size_t most_frames = 500, before = 15;
  static constexpr int first_word = 4, last_pause = 40;

  void keep(std::span<const std::int16_t, frame_samples> frame) {
    if (state_ == State::silent && frames_ == before) {
      std::copy(samples_.begin() + frame_samples,
                samples_.begin() + static_cast<std::ptrdiff_t>(before * frame_samples), samples_.begin());
      --frames_;
    }
    std::copy(frame.begin(), frame.end(),
              samples_.begin() + static_cast<std::ptrdiff_t>(frames_ * frame_samples));
    ++frames_;
  }

  SpeechActivity activity_;
  std::vector<std::int16_t> samples_;
  std::size_t frames_ = 0;
  State state_ = State::silent;
  int active_ = 0, pause_ = 0;
};

}  // namespace vcsr
