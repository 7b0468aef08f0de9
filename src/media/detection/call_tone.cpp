// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/call_tone.hpp"

#include <array>

#include "media/detection/tone_block.hpp"

namespace vcsr {

namespace {

/// In blocks of 20 ms; one more or less comes from where a tone begins within a block.
constexpr int dial_blocks = 150;
constexpr int ringing_least = 35, ringing_most = 115, ringing_pause = 85;
constexpr int fast_least = 9, fast_most = 14;       // 0.25 s: reorder
constexpr int slow_least = 15, slow_most = 28;      // 0.35-0.5 s: busy
constexpr int slower_least = 32, slower_most = 39;  // 0.7 s: congestion in China
constexpr int fax_blocks = 18;
constexpr int sit_least = 8, sit_pause = 6;
constexpr int edge_blocks = 2;
constexpr int most_blocks = 100'000;

bool between(int blocks, int least, int most) { return blocks >= least && blocks <= most; }

/// How long something has been so, and the lengths of the stretches before.
class Cadence {
 public:
  /// True when a stretch has just ended.
  bool next(bool on) {
    if (on == on_) {
      if (length_ < most_blocks) ++length_;
      return false;
    }
    before_ = {length_, before_[0], before_[1]};
    on_ = on;
    length_ = 1;
    return true;
  }
  bool on() const { return on_; }
  int length() const { return length_; }
  /// 0: the stretch that ended last.
  int before(std::size_t back) const { return before_[back]; }

 private:
  bool on_ = false;
  int length_ = 0;
  std::array<int, 3> before_{};
};

/// The three tones of SIT one after the other (ITU-T E.180 §6).
class SitSequence {
 public:
  bool next(const ToneBlock& block) {
    constexpr std::array<int, 3> hertz = {950, 1400, 1800};
    if (block.is(hertz[step_])) {
      pause_ = 0;
      if (++length_ < sit_least) return false;
      if (step_ < 2) return step_on();
      reset();
      return true;
    }
    // The tone before still sounds, or there is a short gap.
    const bool lingers = step_ > 0 && block.is(hertz[step_ - 1]);
    if (!lingers && ++pause_ > sit_pause) reset();
    return false;
  }

 private:
  bool step_on() {
    ++step_;
    length_ = pause_ = 0;
    return false;
  }
  void reset() {
    step_ = 0;
    length_ = pause_ = 0;
  }
  std::size_t step_ = 0;
  int length_ = 0, pause_ = 0;
};

/// True once per unbroken stretch of one frequency.
class SteadyTone {
 public:
  explicit SteadyTone(int hertz) : hertz_(hertz) {}
  bool next(const ToneBlock& block) {
    length_ = block.is(hertz_) ? length_ + 1 : 0;
    return length_ == fax_blocks;
  }

 private:
  int hertz_;
  int length_ = 0;
};

}  // namespace

class CallToneDetector::Impl {
 public:
  std::optional<CallTone> next(const ToneBlock& block) {
    if (calling_.next(block)) return CallTone::fax_calling;
    if (answering_.next(block)) return CallTone::fax_answering;
    if (sit_.next(block)) return CallTone::sit;
    const bool changed = cadence_.next(block.progress());
    // What sounds besides the tones is no pause between them; where a tone begins or ends it is.
    other_ = block.audible() && !block.progress() ? other_ + 1 : 0;
    if (other_ > edge_blocks) cadence_ = {};
    if (changed && !cadence_.on()) return beaten();
    if (cadence_.on() && cadence_.length() == dial_blocks) return CallTone::dial;
    if (!cadence_.on() && cadence_.length() == ringing_pause &&
        between(cadence_.before(0), ringing_least, ringing_most))
      return CallTone::ringing;
    return {};
  }

  FrameCutter cutter;

 private:
  /// Tone, pause, tone of one length; a tone has just ended.
  std::optional<CallTone> beaten() const {
    const auto all = [this](int least, int most) {
      return between(cadence_.before(0), least, most) && between(cadence_.before(1), least, most) &&
             between(cadence_.before(2), least, most);
    };
    if (all(fast_least, fast_most)) return CallTone::reorder;
    if (all(slow_least, slow_most)) return CallTone::busy;
    if (all(slower_least, slower_most)) return CallTone::reorder;
    return {};
  }

  Cadence cadence_;
  int other_ = 0;
  SitSequence sit_;
  SteadyTone calling_{1100}, answering_{2100};
};

const char* to_string(CallTone tone) noexcept {
  constexpr const char* names[] = {"dial", "ringing",     "busy",         "reorder",
                                   "sit",  "fax_calling", "fax_answering"};
  return names[static_cast<int>(tone)];
}

CallToneDetector::CallToneDetector() : impl_(std::make_unique<Impl>()) {}
CallToneDetector::~CallToneDetector() = default;
CallToneDetector::CallToneDetector(CallToneDetector&&) noexcept = default;
CallToneDetector& CallToneDetector::operator=(CallToneDetector&&) noexcept = default;

std::optional<CallTone> CallToneDetector::feed(std::span<const std::int16_t> samples) noexcept {
  std::optional<CallTone> found;
  impl_->cutter.feed(samples, [&](std::span<const std::int16_t, frame_samples> frame) {
    if (const std::optional<CallTone> tone = impl_->next(analyze_tones(frame))) found = tone;
  });
  return found;
}

}  // namespace vcsr
