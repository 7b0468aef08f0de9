// SPDX-License-Identifier: Apache-2.0
#include "tools/ear.hpp"

#include <doctest/doctest.h>

#include "vcsr/media/tone.hpp"
#include "vcsr/sim/sim_loop.hpp"

namespace vcsr {

using namespace std::chrono_literals;

namespace {

/// An ear that listens for 440 and 600 Hz, and what it told.
struct Listener {
  SimLoop loop;
  std::vector<Hearing> told;
  std::shared_ptr<Ear> ear = std::make_shared<Ear>(loop, std::vector{440, 600},
                                                   [this](Hearing hearing) { told.push_back(hearing); });

  void hear(const SoundPtr& sound, Codec codec = Codec::pcmu) {
    const auto bytes = sound->encoded(codec);
    const std::vector<std::uint8_t> nothing(frame_samples, silence_of(codec));
    for (std::size_t at = 0; at + frame_samples <= bytes.size(); at += frame_samples)
      ear->on_audio({codec, bytes.subspan(at, frame_samples), nothing});
    loop.run();
  }
};

constexpr std::uint32_t bit_440 = 1, bit_600 = 2;

}  // namespace

TEST_CASE("a tone is told apart from another and from silence") {
  Listener listener;

  listener.hear(tone({440}, 200ms));
  listener.hear(silence(200ms));
  listener.hear(tone({600}, 200ms), Codec::pcma);

  REQUIRE(listener.told.size() >= 3);
  CHECK(listener.told[0] == Hearing{.sound = true, .tones = bit_440});
  CHECK(listener.told[1] == Hearing{.sound = false, .tones = 0});
  CHECK(listener.told.back() == Hearing{.sound = true, .tones = bit_600});
}

TEST_CASE("a sound that is none of the tones is only a sound") {
  Listener listener;

  listener.hear(tone({1000, 2100}, 200ms));

  REQUIRE(listener.told.size() == 1);
  CHECK(listener.told[0] == Hearing{.sound = true, .tones = 0});
}

TEST_CASE("what lasts less than 60 ms or is quieter than a whisper goes unheard") {
  Listener listener;

  listener.hear(tone({440}, 40ms));
  listener.hear(silence(200ms));
  listener.hear(tone({440}, 200ms, -50));

  CHECK(listener.told.empty());
}

TEST_CASE("an ear that is gone tells nothing") {
  Listener listener;
  const auto bytes = tone({440}, 200ms);
  const std::vector<std::uint8_t> nothing(frame_samples, silence_of(Codec::pcmu));
  for (int frame = 0; frame < 5; ++frame)
    listener.ear->on_audio({Codec::pcmu, bytes->encoded(Codec::pcmu).subspan(0, frame_samples), nothing});

  listener.ear.reset();
  listener.loop.run();

  CHECK(listener.told.empty());
}

TEST_CASE("a splitter lets two listen to one leg") {
  Listener one, two;
  TapSplitter splitter({one.ear, two.ear});
  const auto bytes = tone({440}, 200ms);
  const std::vector<std::uint8_t> nothing(frame_samples, silence_of(Codec::pcmu));

  for (int frame = 1; frame < 6; ++frame)
    splitter.on_audio(
        {Codec::pcmu, bytes->encoded(Codec::pcmu).subspan(frame * frame_samples, frame_samples), nothing});
  one.loop.run();
  two.loop.run();

  CHECK(one.told == two.told);
  CHECK(one.told.size() == 1);
}

}  // namespace vcsr
