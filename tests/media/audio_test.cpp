// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/audio.hpp"

#include <doctest/doctest.h>

#include "vcsr/media/g711.hpp"

using namespace vcsr;

TEST_CASE("a sound holds its samples in both laws") {
  const Sound sound({0, 1000, -1000, 32767});

  REQUIRE(sound.encoded(Codec::pcmu).size() == 4);
  REQUIRE(sound.encoded(Codec::pcma).size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(sound.encoded(Codec::pcmu)[i] == encode(Codec::pcmu, sound.samples()[i]));
    CHECK(sound.encoded(Codec::pcma)[i] == encode(Codec::pcma, sound.samples()[i]));
  }
}

TEST_CASE("a sound lasts as long as its samples") {
  CHECK(Sound({}).duration() == Duration::zero());
  CHECK(Sound(std::vector<std::int16_t>(12000)).duration() == std::chrono::milliseconds(1500));
}
