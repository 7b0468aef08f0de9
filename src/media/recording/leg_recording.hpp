// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/prefetch.hpp"
#include "media/detection/speech_watch.hpp"
#include "media/recording/interleave.hpp"
#include "media/recording/recording_queue.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/media/recording_writer.hpp"

namespace vcsr {

/// The recording of one leg into blocks for the disk. on_audio() runs on the media thread, all the rest
/// on the loop; once the tap is off the leg everything is the loop's.
class alignas(cache_line) LegRecording final : public WavRecording {
 public:
  LegRecording(Loop& loop, std::shared_ptr<RecordingQueue> queue, const std::string& path,
               RecordingOptions options);
  ~LegRecording() override;

  void on_audio(const TapFrame& frame) noexcept override;
  void pause(std::string reason) override;
  void resume() override;
  Duration quiet() const override;
  bool give_to(std::shared_ptr<AudioTap> ear) override;
  Task<RecordingResult> finish() override;

 private:
  struct alignas(cache_line) Frame {
    std::array<std::uint8_t, StereoFrame::extent> bytes;
  };
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

  void begin(Codec codec) noexcept;
  void tell(AudioTap& ear, const TapFrame& frame, bool paused) const noexcept;
  void silence(int reason) noexcept;
  void keep(const TapFrame& frame) noexcept;
  void keep_onset() noexcept;
  void leave_out(const TapFrame& frame) noexcept;
  /// Where the next frame goes, and that it is there.
  StereoFrame place() const noexcept { return StereoFrame(next_, StereoFrame::extent); }
  void put() noexcept;
  void enter(RecordingBlock* empty) noexcept;
  bool spoken(const TapFrame& frame) noexcept;
  void write(const TapFrame& frame, StereoFrame out) const noexcept;
  void extend_gap(int reason, bool left_out) noexcept;
  std::vector<RecordingGap> gaps() const;
  void end();

  // What every frame touches comes first and fills one line of the processor's cache: of thousands of
  // recordings each is touched once in 20 ms, so that a line more is a wait for the memory more.
  std::uint8_t *next_ = nullptr, *end_ = nullptr;  ///< of the block
  std::uint64_t samples_ = 0;
  std::atomic<AudioTap*> ear_ = nullptr;
  std::atomic<int> paused_for_ = -1;  ///< the number of a reason; below 0: not paused
  Codec codec_ = Codec::pcma;         ///< of the file
  bool begun_ = false, in_gap_ = false;
  const bool watches_;  ///< what is said matters, not only that it is kept

  Loop& loop_;
  std::shared_ptr<RecordingQueue> queue_;
  const RecordingOptions options_;
  std::shared_ptr<RecordedFile> file_;
  RecordingBlock* block_;
  std::uint64_t silenced_samples_ = 0;
  std::vector<Gap> gaps_;
  SpeechWatch heard_, sent_;
  std::unique_ptr<Onset> onset_;
  std::uint32_t quiet_frames_ = 0;  ///< nobody has spoken for so long

  std::vector<std::string> reasons_;  ///< the loop's; by number
  std::atomic<std::uint32_t> party_quiet_ = 0;
  std::shared_ptr<AudioTap> ear_owner_;  ///< the loop's
};

}  // namespace vcsr
