// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/detection/speech_watch.hpp"
#include "media/recording/recording_queue.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// The recording of one leg into blocks for the disk. on_audio() runs on the media thread, all the rest
/// on the loop; once the tap is off the leg everything is the loop's.
class LegRecording final : public WavRecording {
 public:
  LegRecording(Loop& loop, std::shared_ptr<RecordingQueue> queue, const std::string& path,
               RecordingOptions options);
  ~LegRecording() override;

  void on_audio(const TapFrame& frame) noexcept override;
  void pause(std::string reason) override;
  void resume() override;
  Duration quiet() const override;
  Task<RecordingResult> finish() override;

 private:
  using Frame = std::array<std::uint8_t, 2 * frame_samples>;
  /// On the media thread: where nothing is kept, in samples.
  struct Gap {
    std::uint64_t at, length;
    int reason;
    bool left_out;
  };
  /// What was left out just before somebody begins to speak belongs to the speech.
  struct Onset {
    std::array<Frame, 10> frames;
    std::size_t first = 0, count = 0;
  };

  void keep(const TapFrame& frame) noexcept;
  void keep_onset() noexcept;
  void leave_out(const TapFrame& frame) noexcept;
  void put(const Frame& frame) noexcept;
  bool spoken(const TapFrame& frame) noexcept;
  Frame interleaved(const TapFrame& frame) const noexcept;
  void extend_gap(int reason, bool left_out) noexcept;
  std::vector<RecordingGap> gaps() const;
  void end();

  Loop& loop_;
  std::shared_ptr<RecordingQueue> queue_;
  const RecordingOptions options_;
  std::shared_ptr<RecordedFile> file_;
  RecordingBlock* block_;
  bool begun_ = false;
  std::uint64_t samples_ = 0, silenced_samples_ = 0;
  std::vector<Gap> gaps_;
  bool in_gap_ = false;
  SpeechWatch heard_, sent_;
  std::unique_ptr<Onset> onset_;
  std::uint32_t quiet_frames_ = 0;  ///< nobody has spoken for so long

  std::vector<std::string> reasons_;  ///< the loop's; by number
  std::atomic<int> paused_for_ = -1;  ///< the number of a reason; below 0: not paused
  std::atomic<std::uint32_t> party_quiet_ = 0;
};

}  // namespace vcsr
