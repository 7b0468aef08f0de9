// SPDX-License-Identifier: Apache-2.0
#include "media/voice/speech_level.hpp"

#include <doctest/doctest.h>

#include "media/level.hpp"

using namespace vcsr;

namespace {

using Samples = std::vector<std::int16_t>;

Samples joined(std::initializer_list<Samples> parts) {
  Samples all;
  for (const Samples& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

int peak_of(const Samples& samples) {
  int peak = 0;
  for (const std::int16_t sample : samples) peak = std::max(peak, std::abs(static_cast<int>(sample)));
  return peak;
}

}  // namespace

TEST_CASE("quiet and loud speech come out at the same level") {
  for (const double amplitude : {300.0, 3000.0, 30000.0}) {
    CAPTURE(amplitude);
    CHECK(level_of(level_speech(sine(500, 8000, 8000, amplitude))) == doctest::Approx(-16).epsilon(0.02));
  }
}

TEST_CASE("pauses between words do not count") {
  const Samples speech = joined({sine(500, 8000, 4000, 3000), Samples(24000), sine(500, 8000, 4000, 3000)});

  const Samples leveled = level_speech(speech);

  CHECK(leveled.size() == speech.size());
  CHECK(level_of(std::span(leveled).first(4000)) == doctest::Approx(-16).epsilon(0.02));
}

TEST_CASE("peaks are not clipped for the sake of the level") {
  Samples speech = sine(500, 8000, 8000, 2000);
  speech[4000] = 20000;

  const Samples leveled = level_speech(speech);

  CHECK(peak_of(leveled) == doctest::Approx(32768 * 0.89).epsilon(0.01));
  CHECK(level_of(leveled) < -20);
}

TEST_CASE("silence around speech is cut to 50 ms") {
  const Samples speech = joined({Samples(8000), sine(500, 8000, 8000), Samples(8000)});

  const Samples leveled = level_speech(speech);

  CHECK(leveled.size() == doctest::Approx(8000 + 2 * 400).epsilon(0.01));
  CHECK(level_of(std::span(leveled).first(395)) < -60);
}

TEST_CASE("silence alone is nothing") {
  CHECK(level_speech(Samples(8000)).empty());
  CHECK(level_speech({}).empty());
}

TEST_CASE("a recording is brought to the level of speech and keeps its silence") {
  const Samples quiet = joined({Samples(8000), sine(500, 8000, 8000, 500), Samples(8000)});

  const Samples leveled = level_recording(quiet);

  REQUIRE(leveled.size() == quiet.size());
  CHECK(level_of(std::span(leveled).subspan(8000, 8000)) == doctest::Approx(-16).epsilon(0.02));
  CHECK(leveled[100] == 0);
  CHECK(level_recording(Samples(100)) == Samples(100));
}
