// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "core/call_impl.hpp"
#include "media/recognition/utterance.hpp"
#include "vcsr/media/recognizer.hpp"

namespace vcsr {

/// Takes down what a customer says, on the media thread.
class UtteranceEar final : public AudioTap {
 public:
  void on_audio(const TapFrame& frame) noexcept override;

  bool begun() const { return state() != Utterance::State::silent; }
  Utterance::State state() const { return state_.load(std::memory_order_acquire); }
  /// Once it is over.
  std::vector<std::int16_t> take() { return utterance_.take(); }

 private:
  Utterance utterance_;
  std::atomic<Utterance::State> state_ = Utterance::State::silent;
};

/// What the customer says, if it begins within the limit and no key is pressed before it is over. A
/// recognizer that cannot serve is logged, and nothing was heard.
Task<Heard> words_of(std::shared_ptr<Call::Impl> call, std::shared_ptr<UtteranceEar> ear, Grammar grammar,
                     Duration limit);

}  // namespace vcsr
