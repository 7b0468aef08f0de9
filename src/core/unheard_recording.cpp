// SPDX-License-Identifier: Apache-2.0
#include "core/unheard_recording.hpp"

#include <string>
#include <utility>

namespace vcsr {

namespace {

class UnheardRecording final : public WavRecording {
 public:
  UnheardRecording(Loop& loop, RecordingOptions options)
      : loop_(loop), options_(options), began_(loop.now()) {}

  void on_audio(const TapFrame&) noexcept override {}

  void pause(std::string reason) override {
    end_gap();
    paused_ = loop_.now();
    result_.gaps.push_back({paused_ - began_ - left_out_, {}, std::move(reason), options_.leave_out_pauses});
    in_gap_ = true;
  }

  void resume() override { end_gap(); }

  Task<RecordingResult> finish() override {
    end_gap();
    result_.length = loop_.now() - began_ - left_out_;
    co_return result_;
  }

 private:
  void end_gap() {
    if (!std::exchange(in_gap_, false)) return;
    const Duration length = loop_.now() - paused_;
    (options_.leave_out_pauses ? left_out_ : result_.paused) += length;
    result_.gaps.back().length = length;
    if (length == Duration::zero()) result_.gaps.pop_back();
  }

  Loop& loop_;
  RecordingOptions options_;
  Timestamp began_, paused_{};
  Duration left_out_{};
  bool in_gap_ = false;
  RecordingResult result_;
};

}  // namespace

std::shared_ptr<WavRecording> make_unheard_recording(Loop& loop, RecordingOptions options) {
  return std::make_shared<UnheardRecording>(loop, options);
}

}  // namespace vcsr
