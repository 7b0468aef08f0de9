// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/answerer.hpp"

#include <algorithm>

#include "media/detection/speech_activity.hpp"
#include "media/detection/tone_block.hpp"
#include "vcsr/media/call_tone.hpp"

namespace vcsr {

namespace {

/// A click or a breath is no word.
constexpr Duration least_word = std::chrono::milliseconds(60);
constexpr Duration least_speech = std::chrono::milliseconds(100);
constexpr Duration least_beep = std::chrono::milliseconds(140);
constexpr Duration longest_beep = std::chrono::milliseconds(1500);
/// A vowel that is held is no beep: beeps come after a pause.
constexpr Duration before_beep = std::chrono::milliseconds(80);
/// Who speaks for no longer than this and hears no beep of their own is a person who answers for a company.
constexpr Duration company_greeting = std::chrono::milliseconds(5000);
constexpr Duration company_pause = std::chrono::milliseconds(1800);
/// A machine that begins again after so long is a menu.
constexpr Duration menu_pause = std::chrono::milliseconds(1500);
/// One that says nothing more for so long has said all.
constexpr Duration end_pause = std::chrono::seconds(5);

/// One frequency that sounds on, and stops as abruptly as it began.
class BeepDetector {
 public:
  bool sounding() const { return length_ >= least_beep; }
  /// True when a beep has just ended; `quiet` is how long nothing was said before this frame.
  bool next(const ToneBlock& block, Duration quiet) {
    const bool same =
        block.pure() && block.frequency >= frequency_ - 50 && block.frequency <= frequency_ + 50;
    if (same) {
      length_ += frame_duration;
      return false;
    }
    const bool beep = length_ >= least_beep && length_ <= longest_beep && quiet_ >= before_beep;
    quiet_ = quiet;
    frequency_ = block.frequency;
    length_ = block.pure() ? frame_duration : Duration();
    return beep;
  }

 private:
  int frequency_ = 0;
  Duration length_{}, quiet_{};
};

}  // namespace

class AnswererDetector::Impl {
 public:
  explicit Impl(const AnswererOptions& options) : options_(options) {}

  void next(std::span<const std::int16_t, frame_samples> frame) {
    if (verdict) return;
    now_ += frame_duration;
    const ToneBlock block = analyze_tones(frame);
    const std::optional<CallTone> tone = tones_.feed(frame);
    if (tone == CallTone::fax_calling || tone == CallTone::fax_answering)
      return decide(Answerer::Kind::fax, 0.98);
    const bool beeped = beep_.next(block, quiet());
    listen(block);
    if (beeped && speech_ >= least_speech && span() > options_.greeting / 2) return hear_beep();
    judge();
  }

  FrameCutter cutter;
  std::optional<Answerer> verdict;

 private:
  Duration span() const { return last_ - first_; }
  Duration quiet() const { return now_ - last_; }

  void listen(const ToneBlock& block) {
    const bool active = activity_.next(block.level) && !beep_.sounding();
    word_ = active ? word_ + frame_duration : Duration();
    if (word_ < least_word) return;
    // The frames in which it was not yet clear that it is a word belong to it.
    const Duration gained = word_ == least_word ? least_word : frame_duration;
    if (speech_ == Duration()) first_ = now_ - gained;
    else if (quiet() >= menu_pause && span() > options_.greeting) resumed_ = true;
    speech_ += gained;
    last_ = now_;
  }

  void judge() {
    if (speech_ < least_speech) {
      if (now_ >= options_.silence) decide(Answerer::Kind::no_speech, 0.9);
    } else if (span() <= options_.greeting) {
      if (quiet() >= options_.pause) decide(Answerer::Kind::human, human_confidence());
    } else if (!options_.until_beep) {
      decide(Answerer::Kind::machine, 0.8);
    } else if (resumed_) {
      decide(Answerer::Kind::ivr, 0.7);
    } else if (span() <= company_greeting && quiet() >= company_pause) {
      decide(Answerer::Kind::human, 0.55);
    } else if (quiet() >= end_pause) {
      decide(Answerer::Kind::machine, 0.6);
    }
    if (!verdict && now_ >= options_.limit) decide(Answerer::Kind::unknown, 0);
  }

  /// The longer somebody speaks, the likelier it is a machine that has just taken breath.
  double human_confidence() const {
    const double share = static_cast<double>(span().count()) / static_cast<double>(options_.greeting.count());
    return 0.95 - 0.3 * std::clamp(share, 0.0, 1.0);
  }

  void hear_beep() {
    decide(Answerer::Kind::machine, 0.97);
    verdict->beep = true;
  }
  void decide(Answerer::Kind kind, double confidence) {
    verdict = Answerer{kind, confidence, speech_ == Duration() ? Duration() : span(), false};
  }

  const AnswererOptions options_;
  CallToneDetector tones_;
  SpeechActivity activity_;
  BeepDetector beep_;
  Duration now_{}, first_{}, last_{}, speech_{}, word_{};
  bool resumed_ = false;
};

const char* to_string(Answerer::Kind kind) noexcept {
  constexpr const char* names[] = {"human", "machine", "fax", "ivr", "no_speech", "unknown"};
  return names[static_cast<int>(kind)];
}

AnswererDetector::AnswererDetector(AnswererOptions options) : impl_(std::make_unique<Impl>(options)) {}
AnswererDetector::~AnswererDetector() = default;
AnswererDetector::AnswererDetector(AnswererDetector&&) noexcept = default;
AnswererDetector& AnswererDetector::operator=(AnswererDetector&&) noexcept = default;

std::optional<Answerer> AnswererDetector::feed(std::span<const std::int16_t> samples) noexcept {
  impl_->cutter.feed(samples,
                     [this](std::span<const std::int16_t, frame_samples> frame) { impl_->next(frame); });
  return impl_->verdict;
}

}  // namespace vcsr
