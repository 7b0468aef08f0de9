// SPDX-License-Identifier: Apache-2.0
#include "media/recognition/utterance.hpp"

#include <memory>

#include <doctest/doctest.h>

#include "vcsr/media/speech.hpp"
#include "vcsr/media/tone.hpp"

using namespace vcsr;
using namespace std::chrono_literals;
using State = Utterance::State;

namespace {

void feed(Utterance& utterance, const SoundPtr& sound) {
  FrameCutter cutter;
  cutter.feed(sound->samples(),
              [&](std::span<const std::int16_t, frame_samples> frame) { utterance.next(frame); });
}

SoundPtr balance() {
  return std::make_shared<Sound>(make_espeak_synthesizer()->speak("my balance please", "en"));
}

}  // namespace

TEST_CASE("an utterance goes from a moment before its first word to the pause after its last") {
  const SoundPtr words = balance();
  Utterance utterance;

  feed(utterance, silence(10s));
  CHECK(utterance.state() == State::silent);
  feed(utterance, words);
  CHECK(utterance.state() == State::speaking);
  feed(utterance, silence(2s));
  CHECK(utterance.state() == State::over);
  const Sound cut(utterance.take());

  CHECK(cut.duration() > words->duration());
  CHECK(cut.duration() < words->duration() + 1300ms);
}

TEST_CASE("clicks and silence are no utterance") {
  Utterance utterance;

  for (int i = 0; i < 10; ++i) {
    feed(utterance, tone({500, 1300}, 20ms));
    feed(utterance, silence(500ms));
  }

  CHECK(utterance.state() == State::silent);
}

TEST_CASE("who never stops is cut off after ten seconds") {
  const SoundPtr words = balance();
  Utterance utterance;

  for (int i = 0; i < 20; ++i) feed(utterance, words);

  CHECK(utterance.state() == State::over);
  CHECK(Sound(utterance.take()).duration() == 10s);
}
