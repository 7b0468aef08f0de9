// SPDX-License-Identifier: Apache-2.0
#include "media/recording/leg_recording.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

constexpr std::size_t most_pauses = 64, most_silences = 1000;
constexpr int nobody_spoke = 0;              // the first reason
constexpr std::uint32_t speech_lasts = 100;  // frames kept after the last that was loud

using Closed = Event<RecordingResult>;

Duration time_of(std::uint64_t samples) {
  return Duration(static_cast<std::int64_t>(samples) * 1'000'000 / samples_per_second);
}

std::shared_ptr<RecordedFile> file_for(Loop& loop, const std::string& path,
                                       const std::function<void(const std::string&)>& on_failed) {
  auto file = std::make_shared<RecordedFile>();
  file->path = path;
  file->on_failed = [&loop, on_failed](const std::string& why) {
    if (on_failed) loop.post([on_failed, why] { on_failed(why); });
  };
  return file;
}

Task<RecordingResult> wait_for(std::shared_ptr<Closed> closed) {
  RecordingResult result = co_await *closed;
  co_return result;
}

}  // namespace

LegRecording::LegRecording(Loop& loop, std::shared_ptr<RecordingQueue> queue, const std::string& path,
                           RecordingOptions options)
    : watches_(options.only_speech || options.watch_silence),
      loop_(loop),
      queue_(std::move(queue)),
      options_(std::move(options)),
      file_(file_for(loop, path, options_.on_failed)),
      block_(queue_->open(file_)),
      onset_(options_.only_speech ? std::make_unique<Onset>() : nullptr),
      quiet_frames_(speech_lasts),
      reasons_{"silence"} {
  gaps_.reserve(options_.only_speech ? most_silences : most_pauses);
  enter(block_);
}

LegRecording::~LegRecording() {
  if (block_) end();
}

void LegRecording::on_audio(const TapFrame& frame) noexcept {
  VCSR_ASSERT(frame.heard.size() == frame_samples && frame.sent.size() == frame_samples);
  if (!begun_) begin(frame.codec);
  const int paused_for = paused_for_.load(std::memory_order_acquire);
  if (AudioTap* const ear = ear_.load(std::memory_order_acquire)) tell(*ear, frame, paused_for >= 0);
  const bool speech = !watches_ || spoken(frame);
  if (paused_for >= 0) {
    silence(paused_for);
  } else if (speech) {
    keep(frame);
  } else {
    leave_out(frame);
  }
}

void LegRecording::begin(Codec codec) noexcept {
  codec_ = file_->codec = codec;
  begun_ = true;
}

void LegRecording::tell(AudioTap& ear, const TapFrame& frame, bool paused) const noexcept {
  if (!paused) return ear.on_audio(frame);
  std::array<std::uint8_t, frame_samples> silence;
  silence.fill(silence_of(frame.codec));
  ear.on_audio({frame.codec, silence, silence});
}

void LegRecording::silence(int reason) noexcept {
  if (onset_) onset_->count = 0;
  extend_gap(reason, options_.leave_out_pauses);
  if (options_.leave_out_pauses) return;
  silenced_samples_ += frame_samples;
  std::ranges::fill(place(), silence_of(codec_));
  put();
}

bool LegRecording::spoken(const TapFrame& frame) noexcept {
  const bool party = heard_.hear(frame.codec, frame.heard);
  const std::uint32_t quiet = party ? 0 : party_quiet_.load(std::memory_order_relaxed) + 1;
  party_quiet_.store(quiet, std::memory_order_relaxed);
  if (!options_.only_speech) return true;
  const bool anybody = sent_.hear(frame.codec, frame.sent) || party;
  quiet_frames_ = anybody ? 0 : std::min(quiet_frames_ + 1, speech_lasts);
  return quiet_frames_ < speech_lasts;
}

void LegRecording::keep(const TapFrame& frame) noexcept {
  if (watches_ && onset_) keep_onset();
  in_gap_ = false;
  write(frame, place());
  put();
}

void LegRecording::keep_onset() noexcept {
  for (; onset_->count != 0; --onset_->count) {
    std::ranges::copy(onset_->frames[onset_->first].bytes, next_);
    put();
    onset_->first = (onset_->first + 1) % onset_->frames.size();
    gaps_.back().length -= std::min<std::uint64_t>(gaps_.back().length, frame_samples);
  }
}

// The list does not grow here: once it is full, everything is kept.
void LegRecording::leave_out(const TapFrame& frame) noexcept {
  const bool begins = !in_gap_ || gaps_.back().reason != nobody_spoke;
  if (begins && gaps_.size() == gaps_.capacity()) return keep(frame);
  extend_gap(nobody_spoke, true);
  Onset& onset = *onset_;
  if (onset.count == onset.frames.size()) {
    onset.first = (onset.first + 1) % onset.frames.size();
    --onset.count;
  }
  write(frame, onset.frames[(onset.first + onset.count++) % onset.frames.size()].bytes);
}

void LegRecording::extend_gap(int reason, bool left_out) noexcept {
  if (in_gap_ && gaps_.back().reason != reason) in_gap_ = false;
  if (!in_gap_) {
    if (gaps_.size() == gaps_.capacity()) return;
    gaps_.push_back({samples_, 0, reason, left_out});
    in_gap_ = true;
  }
  gaps_.back().length += frame_samples;
}

void LegRecording::put() noexcept {
  next_ += StereoFrame::extent;
  samples_ += frame_samples;
  if (next_ != end_) return;
  block_->used = queue_->block_bytes();
  finish_interleaving();
  enter(queue_->exchange(block_, file_));
}

void LegRecording::enter(RecordingBlock* empty) noexcept {
  block_ = empty;
  next_ = empty->bytes;
  end_ = next_ + queue_->block_bytes();
}

/// In the file's law: a party may change its own in the middle of the call.
void LegRecording::write(const TapFrame& frame, StereoFrame out) const noexcept {
  if (frame.codec == codec_)
    return interleave(frame.heard.first<frame_samples>(), frame.sent.first<frame_samples>(), out);
  std::array<std::uint8_t, frame_samples> heard, sent;
  transcode(frame.codec, codec_, frame.heard, heard);
  transcode(frame.codec, codec_, frame.sent, sent);
  interleave(heard, sent, out);
}

void LegRecording::pause(std::string reason) {
  const auto known = std::find(reasons_.begin() + 1, reasons_.end(), reason);
  const auto number = static_cast<int>(known - reasons_.begin());
  if (known == reasons_.end()) reasons_.push_back(std::move(reason));
  paused_for_.store(number, std::memory_order_release);
}

void LegRecording::resume() { paused_for_.store(-1, std::memory_order_relaxed); }

Duration LegRecording::quiet() const { return party_quiet_.load(std::memory_order_relaxed) * frame_duration; }

bool LegRecording::give_to(std::shared_ptr<AudioTap> ear) {
  if (!block_ || ear_owner_) return false;
  ear_owner_ = std::move(ear);
  ear_.store(ear_owner_.get(), std::memory_order_release);
  return true;
}

std::vector<RecordingGap> LegRecording::gaps() const {
  std::vector<RecordingGap> all;
  for (const Gap& gap : gaps_) {
    if (gap.length == 0) continue;
    all.push_back(
        {time_of(gap.at), time_of(gap.length), reasons_[static_cast<std::size_t>(gap.reason)], gap.left_out});
  }
  return all;
}

Task<RecordingResult> LegRecording::finish() {
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

void LegRecording::end() {
  ear_ = nullptr;
  ear_owner_.reset();
  block_->used = static_cast<std::size_t>(next_ - block_->bytes);
  finish_interleaving();
  file_->paused_samples = silenced_samples_;
  file_->gaps = gaps();
  queue_->close(std::exchange(block_, nullptr), file_);
}

}  // namespace vcsr
