// SPDX-License-Identifier: Apache-2.0
#include "core/call_ears.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

#include "core/call_impl.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

constexpr std::size_t most_listeners = 4;

class AllEars final : public AudioTap {
 public:
  explicit AllEars(std::vector<std::shared_ptr<AudioTap>> ears) : ears_(std::move(ears)) {}
  void on_audio(const TapFrame& frame) noexcept override {
    for (const auto& ear : ears_) ear->on_audio(frame);
  }

 private:
  const std::vector<std::shared_ptr<AudioTap>> ears_;
};

bool nothing_may_be_heard(const Call::Impl& call) {
  const bool paused = !call.recorders.empty() && call.recorders.back().paused();
  return call.recording.secrets > 0 || paused;
}

}  // namespace

class CallEars::Ear final : public AudioTap {
 public:
  explicit Ear(std::shared_ptr<AudioTap> listener) : listener_(std::move(listener)) {}

  void silence(bool on) { silent_.store(on, std::memory_order_release); }
  void on_audio(const TapFrame& frame) noexcept override {
    if (!silent_.load(std::memory_order_acquire)) return listener_->on_audio(frame);
    std::array<std::uint8_t, frame_samples> silence;
    silence.fill(silence_of(frame.codec));
    listener_->on_audio({frame.codec, silence, silence});
  }

 private:
  const std::shared_ptr<AudioTap> listener_;
  std::atomic<bool> silent_ = false;
};

void CallEars::detect(std::shared_ptr<AudioTap> detector) {
  detector_ = std::move(detector);
  attach();
}

std::shared_ptr<CallEars::Ear> CallEars::add(std::shared_ptr<AudioTap> listener) {
  if (listeners_.size() == most_listeners)
    throw Error(Error::Code::refused, "as many as may already listen to this call");
  auto ear = std::make_shared<Ear>(std::move(listener));
  ear->silence(nothing_may_be_heard(call_));
  listeners_.push_back(ear);
  attach();
  return ear;
}

void CallEars::remove(const std::shared_ptr<Ear>& ear) {
  if (std::erase(listeners_, ear) != 0) attach();
}

void CallEars::obey() {
  for (const auto& ear : listeners_) ear->silence(nothing_may_be_heard(call_));
}

void CallEars::end() {
  detector_.reset();
  listeners_.clear();
  attach();
}

void CallEars::attach() {
  std::vector<std::shared_ptr<AudioTap>> all(listeners_.begin(), listeners_.end());
  if (detector_) all.push_back(detector_);
  if (!std::exchange(attached_, !all.empty()) && all.empty()) return;
  if (!call_.leg) return;
  std::shared_ptr<AudioTap> ear;
  if (all.size() == 1) ear = all.front();
  else if (!all.empty()) ear = std::make_shared<AllEars>(std::move(all));
  call_.leg->overhear(std::move(ear));
}

}  // namespace vcsr
