// SPDX-License-Identifier: Apache-2.0
#include "core/listening.hpp"

#include <array>
#include <atomic>
#include <optional>
#include <utility>

#include "vcsr/base/together.hpp"
#include "vcsr/journal_events.hpp"
#include "vcsr/media/call_tone.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

/// How often the loop looks at what was found on the media thread, which may not wake it.
constexpr Duration look_again = std::chrono::milliseconds(50);
/// Where a driver knows who its party is, somebody has to hear it first.
constexpr Duration time_to_hear = std::chrono::seconds(1);
constexpr Duration patience = std::chrono::seconds(2);

AudioFrame linear(const TapFrame& frame) {
  AudioFrame samples{};
  decode(frame.codec, frame.heard, samples);
  return samples;
}

/// Writes down what the network says while it rings.
class ProgressEar final : public AudioTap {
 public:
  void on_audio(const TapFrame& frame) noexcept override {
    const AudioFrame samples = linear(frame);
    for (const std::int16_t sample : samples)
      if (sample > audible || sample < -audible) sound_.store(true, std::memory_order_relaxed);
    if (const std::optional<CallTone> tone = detector_.feed(samples))
      tones_[static_cast<std::size_t>(*tone)].store(true, std::memory_order_relaxed);
  }

  bool sound() const { return sound_.load(std::memory_order_relaxed); }
  bool heard(CallTone tone) const {
    return tones_[static_cast<std::size_t>(tone)].load(std::memory_order_relaxed);
  }

 private:
  static constexpr int audible = 500;
  CallToneDetector detector_;
  std::atomic<bool> sound_ = false;
  std::array<std::atomic<bool>, 7> tones_{};
};

class AnswererEar final : public AudioTap {
 public:
  explicit AnswererEar(const AnswererOptions& options) : detector_(options) {}

  void on_audio(const TapFrame& frame) noexcept override {
    if (decided_.load(std::memory_order_relaxed)) return;
    const std::optional<Answerer> verdict = detector_.feed(linear(frame));
    if (!verdict) return;
    verdict_ = *verdict;
    decided_.store(true, std::memory_order_release);
  }

  std::optional<Answerer> verdict() const {
    return decided_.load(std::memory_order_acquire) ? std::optional(verdict_) : std::nullopt;
  }

 private:
  AnswererDetector detector_;
  Answerer verdict_;
  std::atomic<bool> decided_ = false;
};

/// Journals each thing that is heard once; the cause for which the ringing is over.
class ProgressNotes {
 public:
  std::optional<Cause> take(const Contact::Impl& contact, const ProgressEar& ear) {
    if (ear.sound() && !std::exchange(sound_, true)) note(contact, "sound");
    std::optional<Cause> end;
    for (const Meaning& meaning : meanings) {
      const auto index = static_cast<std::size_t>(meaning.tone);
      if (!ear.heard(meaning.tone) || std::exchange(noted_[index], true)) continue;
      note(contact, to_string(meaning.tone));
      if (meaning.end) end = meaning.end;
    }
    return end;
  }

 private:
  struct Meaning {
    CallTone tone;
    std::optional<Cause> end;
  };
  static constexpr std::array<Meaning, 5> meanings = {{{CallTone::dial, {}},
                                                       {CallTone::ringing, {}},
                                                       {CallTone::busy, Cause::busy},
                                                       {CallTone::reorder, Cause::congestion},
                                                       {CallTone::sit, Cause::not_found}}};

  static void note(const Contact::Impl& contact, const char* heard) {
    contact.append(events::contact_progress, {{"heard", heard}});
  }

  bool sound_ = false;
  std::array<bool, 7> noted_{};
};

Task<Answerer> listen(std::shared_ptr<Call::Impl> call, AnswererOptions options) {
  const auto ear = std::make_shared<AnswererEar>(options);
  Overhearing overhearing(call, ear);
  Loop& loop = call->services->loop;
  const Timestamp deadline = loop.now() + options.limit + patience;
  std::optional<Answerer> verdict;
  while (!verdict && loop.now() < deadline) {
    Task<> waiting = moment(call);
    co_await std::move(waiting);
    verdict = ear->verdict();
  }
  co_return verdict.value_or(Answerer());
}

Task<Answerer> be_told(std::shared_ptr<Call::Impl> call) {
  const std::optional<Answerer::Kind> declared = call->leg->declared_answerer();
  Task<> ending = [](std::shared_ptr<Call::Impl> heard) -> Task<> {
    while (true) co_await change(heard);
  }(call);
  std::optional<std::monostate> ended =
      co_await within(call->services->loop, time_to_hear, std::move(ending));
  static_cast<void>(ended);
  Answerer answerer;
  if (declared) answerer = {*declared, 1, {}, false};
  co_return answerer;
}

}  // namespace

Task<> moment(std::shared_ptr<Call::Impl> call) {
  Task<> changing = change(call);
  std::optional<std::monostate> changed =
      co_await within(call->services->loop, look_again, std::move(changing));
  static_cast<void>(changed);
}

Overhearing::Overhearing(std::shared_ptr<Call::Impl> call, std::shared_ptr<AudioTap> ear)
    : call_(std::move(call)) {
  call_->ears.detect(std::move(ear));
}

Overhearing::~Overhearing() { call_->ears.detect(nullptr); }

Task<Cause> listen_while_ringing(std::shared_ptr<Call::Impl> call) {
  if (!call->driver.capabilities().taps) {
    while (!call->answered) co_await change(call);
    co_return Cause::normal;
  }
  const auto ear = std::make_shared<ProgressEar>();
  Overhearing overhearing(call, ear);
  ProgressNotes notes;
  while (!call->answered) {
    Task<> waiting = moment(call);
    co_await std::move(waiting);
    const std::optional<Cause> end = notes.take(*call->contact, *ear);
    if (end && !call->answered) co_return *end;
  }
  co_return Cause::normal;
}

Task<Answerer> detect_answerer(std::shared_ptr<Call::Impl> call, AnswererOptions options) {
  call->require_live();
  Task<Answerer> detecting = call->driver.capabilities().taps ? listen(call, options) : be_told(call);
  Answerer answerer = co_await std::move(detecting);
  call->contact->append(events::contact_answerer, {{"kind", to_string(answerer.kind)},
                                                   {"confidence", answerer.confidence},
                                                   {"greeting", seconds(answerer.greeting)},
                                                   {"beep", answerer.beep}});
  co_return answerer;
}

}  // namespace vcsr
