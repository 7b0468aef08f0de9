// SPDX-License-Identifier: Apache-2.0
#include "core/spoken_answer.hpp"

#include <optional>
#include <utility>

#include "core/listening.hpp"
#include "vcsr/base/together.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr {

namespace {

/// A customer does not wait longer for an answer to what they said.
constexpr Duration recognition_limit = std::chrono::seconds(10);

Heard judged(Recognized said, const Grammar& grammar) {
  if (said.text.empty()) return {};
  const auto kind = grammar.allows(said.text) ? Heard::Kind::speech : Heard::Kind::wrong;
  return {kind, std::move(said.text), said.confidence};
}

}  // namespace

void UtteranceEar::on_audio(const TapFrame& frame) noexcept {
  if (state_.load(std::memory_order_relaxed) == Utterance::State::over) return;
  AudioFrame samples{};
  decode(frame.codec, frame.heard, samples);
  utterance_.next(samples);
  state_.store(utterance_.state(), std::memory_order_release);
}

Task<Heard> words_of(std::shared_ptr<Call::Impl> call, std::shared_ptr<UtteranceEar> ear, Grammar grammar,
                     Duration limit) {
  Loop& loop = call->services->loop;
  const Timestamp deadline = loop.now() + limit;
  while (call->digits.empty() && ear->state() != Utterance::State::over &&
         (ear->begun() || loop.now() < deadline)) {
    Task<> waiting = moment(call);
    co_await std::move(waiting);
  }
  Heard heard;
  if (!call->digits.empty() || ear->state() != Utterance::State::over) co_return heard;
  try {
    Task<Recognized> recognizing =
        call->services->options.transcriber->transcribe(ear->take(), grammar, call->contact->language);
    std::optional<Recognized> said = co_await within(loop, recognition_limit, std::move(recognizing));
    if (said) heard = judged(*std::move(said), grammar);
  } catch (const Error& error) {
    call->services->log.error("speech cannot be recognized",
                              {{"contact", call->contact->id}, {"error", error.what()}});
  }
  call->require_live();
  co_return heard;
}

}  // namespace vcsr
