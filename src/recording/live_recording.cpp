// SPDX-License-Identifier: Apache-2.0
#include "recording/live_recording.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

/// Frames on their way from the media thread, which writes, to the loop, which takes.
class LiveListening::Impl {
 public:
  void put(const TapFrame& frame) noexcept {
    const std::uint64_t head = head_.load(std::memory_order_relaxed);
    if (head - tail_.load(std::memory_order_acquire) == frames_.size()) {
      lost_.fetch_add(frame_samples, std::memory_order_relaxed);
      return;
    }
    Frame& kept = frames_[head % frames_.size()];
    kept.codec = frame.codec;
    std::copy(frame.heard.begin(), frame.heard.end(), kept.heard.begin());
    std::copy(frame.sent.begin(), frame.sent.end(), kept.sent.begin());
    head_.store(head + 1, std::memory_order_release);
  }

  std::vector<std::int16_t> take() {
    std::vector<std::int16_t> samples;
    const std::uint64_t head = head_.load(std::memory_order_acquire);
    std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    samples.reserve(2 * frame_samples * static_cast<std::size_t>(head - tail));
    for (; tail != head; ++tail) {
      const Frame& frame = frames_[tail % frames_.size()];
      AudioFrame heard{}, sent{};
      decode(frame.codec, frame.heard, heard);
      decode(frame.codec, frame.sent, sent);
      for (std::size_t i = 0; i < frame_samples; ++i) {
        samples.push_back(heard[i]);
        samples.push_back(sent[i]);
      }
    }
    tail_.store(tail, std::memory_order_release);
    return samples;
  }

  /// For another listener; the media thread does not write just then.
  void begin_anew() {
    tail_ = head_.load();
    lost_ = 0;
  }

  std::uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

  std::atomic<bool> wanted = false;  ///< somebody listens
  std::atomic<bool> over = false;

 private:
  struct Frame {
    Codec codec = Codec::pcma;
    std::array<std::uint8_t, frame_samples> heard, sent;
  };
  std::array<Frame, 200> frames_;
  std::atomic<std::uint64_t> head_ = 0, tail_ = 0;
  std::atomic<std::uint64_t> lost_ = 0;
};

LiveListening::LiveListening(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
LiveListening::LiveListening(LiveListening&&) noexcept = default;
LiveListening::~LiveListening() {
  if (impl_) impl_->wanted = false;
}
std::vector<std::int16_t> LiveListening::take() { return impl_->take(); }
bool LiveListening::over() const { return impl_->over; }
std::uint64_t LiveListening::lost() const { return impl_->lost(); }

namespace {

class LiveTap final : public AudioTap {
 public:
  explicit LiveTap(std::shared_ptr<LiveListening::Impl> ear) : ear_(std::move(ear)) {}
  ~LiveTap() override { ear_->over = true; }
  LiveTap(const LiveTap&) = delete;
  void on_audio(const TapFrame& frame) noexcept override { ear_->put(frame); }

 private:
  const std::shared_ptr<LiveListening::Impl> ear_;
};

}  // namespace

LiveEar make_live_ear() {
  const auto ear = std::make_shared<LiveListening::Impl>();
  return {std::make_shared<LiveTap>(ear), LiveListening(ear)};
}

}  // namespace vcsr

namespace vcsr::recording {

/// Those who hear a recording. Their ears are made on the loop and live as long as it does, so that the media
/// thread finds them without a lock.
class Ears final : public AudioTap {
 public:
  ~Ears() override {
    for (std::size_t i = 0; i < count_; ++i) ears_[i]->over = true;
  }

  void on_audio(const TapFrame& frame) noexcept override {
    const std::size_t count = count_.load(std::memory_order_acquire);
    for (std::size_t i = 0; i < count; ++i)
      if (ears_[i]->wanted.load(std::memory_order_acquire)) ears_[i]->put(frame);
  }

  LiveListening listen() {
    for (std::size_t i = 0; i < count_; ++i)
      if (ears_[i].use_count() == 1) return begin(i);
    if (count_ == ears_.size())
      throw Error(Error::Code::refused, "as many as may already listen to this recording");
    const std::size_t place = count_;
    ears_[place] = std::make_shared<LiveListening::Impl>();
    count_.store(place + 1, std::memory_order_release);
    return begin(place);
  }

 private:
  LiveListening begin(std::size_t place) {
    ears_[place]->begin_anew();
    ears_[place]->wanted.store(true, std::memory_order_release);
    return LiveListening(ears_[place]);
  }

  std::array<std::shared_ptr<LiveListening::Impl>, 4> ears_;
  std::atomic<std::size_t> count_ = 0;
};

class LiveRecordings::Maker final : public RecordingMaker {
 public:
  Maker(std::shared_ptr<RecordingMaker> inner, LiveRecordings& running)
      : inner_(std::move(inner)), running_(running) {}

  std::shared_ptr<WavRecording> open(const std::string& path, RecordingOptions options) override {
    std::shared_ptr<WavRecording> recording = inner_->open(path, std::move(options));
    running_.forget_ended();
    running_.running_[path] = {recording, {}};
    return recording;
  }

 private:
  std::shared_ptr<RecordingMaker> inner_;
  LiveRecordings& running_;
};

void LiveRecordings::forget_ended() {
  if (running_.size() < worth_a_look_) return;
  std::erase_if(running_, [](const auto& entry) { return entry.second.recording.expired(); });
  worth_a_look_ = 2 * running_.size() + 1;
}

std::shared_ptr<RecordingMaker> LiveRecordings::watching(std::shared_ptr<RecordingMaker> inner) {
  return std::make_shared<Maker>(std::move(inner), *this);
}

LiveListening LiveRecordings::listen(const std::string& path) {
  Running nobody;
  const auto found = running_.find(path);
  Running& running = found == running_.end() ? nobody : found->second;
  if (const auto ears = running.ears.lock()) return ears->listen();
  const auto ears = std::make_shared<Ears>();
  const auto recording = running.recording.lock();
  if (!recording || !recording->give_to(ears))
    throw Error(Error::Code::not_found, path + ": is not recorded just now");
  running.ears = ears;
  return ears->listen();
}

}  // namespace vcsr::recording
