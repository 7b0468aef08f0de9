// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/tone.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "media/level.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("a tone has its length, its frequency and its level") {
  const SoundPtr sound = tone({1000}, 1s, -10);

  CHECK(sound->duration() == 1s);
  const auto steady = sound->samples().subspan(800, 6400);
  CHECK(level_at(1000, steady) == doctest::Approx(-10 - 3.14 - 3.01).epsilon(0.01));
  CHECK(level_at(1200, steady) < -60);
}

TEST_CASE("every frequency of a tone has the level") {
  const SoundPtr sound = tone({440, 480}, 1s);

  const auto steady = sound->samples().subspan(800, 6400);
  CHECK(level_at(440, steady) == doctest::Approx(level_at(480, steady)).epsilon(0.01));
  CHECK(level_at(440, steady) == doctest::Approx(-13 - 3.14 - 3.01).epsilon(0.01));
}

TEST_CASE("a tone rises and falls without a click") {
  const SoundPtr sound = tone({1000}, 100ms, 0);
  const auto samples = sound->samples();

  CHECK(samples.front() == 0);
  CHECK(samples.back() == 0);
  CHECK(*std::max_element(samples.begin(), samples.begin() + 10) < 8000);
}

TEST_CASE("a tone too loud is clipped, not wrapped") {
  const SoundPtr sound = tone({400, 400}, 100ms, 3);
  const auto samples = sound->samples();

  CHECK(*std::max_element(samples.begin(), samples.end()) == 32767);
  CHECK(*std::min_element(samples.begin(), samples.end()) == -32767);
}

TEST_CASE("ringing and busy have the cadence of E.180") {
  const SoundPtr ringing = ringing_tone();
  const SoundPtr busy = busy_tone();

  CHECK(ringing->duration() == 5s);
  CHECK(busy->duration() == 700ms);
  CHECK(level_at(425, ringing->samples().first(8000)) > -22);
  CHECK(level_of(ringing->samples().subspan(8000)) < -100);
  CHECK(level_of(busy->samples().subspan(2800)) < -100);
}

TEST_CASE("silence is silent, and no time is no sound") {
  CHECK(silence(250ms)->duration() == 250ms);
  CHECK(level_of(silence(250ms)->samples()) < -100);
  CHECK(silence(-1s)->samples().empty());
  CHECK(tone({440}, 0s)->samples().empty());
}

TEST_CASE("digits are two frequencies each, with a pause after them") {
  const SoundPtr sound = dtmf_tones("5D", 80ms, 60ms);

  CHECK(sound->duration() == 280ms);
  const auto five = sound->samples().first(640);
  CHECK(level_at(770, five) > -18);
  CHECK(level_at(1336, five) > -18);
  CHECK(level_at(941, five) < -35);
  CHECK(level_of(sound->samples().subspan(640, 480)) < -100);
  const auto d = sound->samples().subspan(1120, 640);
  CHECK(level_at(941, d) > -18);
  CHECK(level_at(1633, d) > -18);
}

TEST_CASE("what is no digit is named") {
  CHECK_THROWS_WITH_AS(dtmf_tones("12x"), "DTMF digits \"12x\": 'x' is none of 0-9 * # A-D", Error);
}
