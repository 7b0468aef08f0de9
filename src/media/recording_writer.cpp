// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/recording_writer.hpp"

#include <algorithm>
#include <atomic>

#include "media/recording_queue.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/event.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

using Closed = Event<RecordingResult>;

/// The tracks do not overlap: knowing that, the compiler takes 16 samples at a time.
void interleave(const std::uint8_t* __restrict left, const std::uint8_t* __restrict right,
                std::uint8_t* __restrict out) {
  for (std::size_t i = 0; i < frame_samples; ++i) {
    out[2 * i] = left[i];
    out[2 * i + 1] = right[i];
  }
}

Task<RecordingResult> wait_for(std::shared_ptr<Closed> closed) {
  RecordingResult result = co_await *closed;
  co_return result;
}

class LegRecording final : public WavRecording {
 public:
  LegRecording(Loop& loop, std::shared_ptr<RecordingQueue> queue, const std::string& path)
      : loop_(loop),
        queue_(std::move(queue)),
        file_(std::make_shared<RecordedFile>(path)),
        block_(queue_->open()) {}
  ~LegRecording() override {
    if (block_) end();
  }

  void on_audio(const TapFrame& frame) noexcept override {
    VCSR_ASSERT(frame.heard.size() == frame_samples && frame.sent.size() == frame_samples);
    if (!begun_) file_->codec = frame.codec;
    begun_ = true;
    std::uint8_t* out = block_->bytes + block_->used;
    if (paused_.load(std::memory_order_relaxed)) {
      std::fill_n(out, 2 * frame_samples, silence_of(file_->codec));
      paused_samples_ += frame_samples;
    } else if (frame.codec == file_->codec) {
      interleave(frame.heard.data(), frame.sent.data(), out);
    } else {
      interleave_transcoded(frame, out);
    }
    block_->used += 2 * frame_samples;
    if (block_->used == queue_->block_bytes()) block_ = queue_->exchange(block_, file_);
  }

  void pause() override { paused_.store(true, std::memory_order_relaxed); }
  void resume() override { paused_.store(false, std::memory_order_relaxed); }

  Task<RecordingResult> finish() override {
    VCSR_ASSERT(block_ != nullptr);
    auto closed = std::make_shared<Closed>(loop_);
    file_->on_closed = [&loop = loop_, weak = std::weak_ptr<Closed>(closed)](RecordingResult result) {
      loop.post([weak, result = std::move(result)] {
        if (const auto event = weak.lock()) event->set(result);
      });
    };
    end();
    return wait_for(std::move(closed));
  }

 private:
  /// The other side changed its law in the middle of the call; a file has one.
  void interleave_transcoded(const TapFrame& frame, std::uint8_t* out) const noexcept {
    std::array<std::uint8_t, frame_samples> heard, sent;
    transcode(frame.codec, file_->codec, frame.heard, heard);
    transcode(frame.codec, file_->codec, frame.sent, sent);
    interleave(heard.data(), sent.data(), out);
  }

  void end() {
    file_->paused_samples = paused_samples_;
    queue_->close(std::exchange(block_, nullptr), file_);
  }

  Loop& loop_;
  std::shared_ptr<RecordingQueue> queue_;
  std::shared_ptr<RecordedFile> file_;
  RecordingBlock* block_;
  bool begun_ = false;
  std::uint64_t paused_samples_ = 0;
  std::atomic<bool> paused_ = false;
};

}  // namespace

class RecordingWriter::Impl {
 public:
  Impl(Loop& on, const RecordingWriterOptions& options)
      : loop(on), queue(std::make_shared<RecordingQueue>(options)) {}

  Loop& loop;
  std::shared_ptr<RecordingQueue> queue;
};

RecordingWriter::RecordingWriter(Loop& loop, RecordingWriterOptions options)
    : impl_(std::make_shared<Impl>(loop, options)) {}
RecordingWriter::~RecordingWriter() = default;

std::shared_ptr<WavRecording> RecordingWriter::open(const std::string& path) {
  return std::make_shared<LegRecording>(impl_->loop, impl_->queue, path);
}

}  // namespace vcsr
