// SPDX-License-Identifier: Apache-2.0
#include "media/codec/concealment.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

/// A voice of that pitch: a tone with two harmonics.
double voice(double hertz, std::size_t at) {
  const double angle = 2 * std::numbers::pi * hertz * static_cast<double>(at) / samples_per_second;
  return 6000 * std::sin(angle) + 3000 * std::sin(2 * angle) + 1500 * std::sin(3 * angle);
}

Concealment after(double hertz) {
  std::array<std::int16_t, Concealment::history> heard;
  for (std::size_t i = 0; i < heard.size(); ++i) heard[i] = static_cast<std::int16_t>(voice(hertz, i));
  Concealment concealment;
  concealment.begin(heard);
  return concealment;
}

}  // namespace

TEST_CASE("a voice goes on at its pitch while a packet is missing") {
  for (const double hertz : {70.0, 100.0, 125.0, 160.0, 200.0}) {
    CAPTURE(hertz);
    Concealment concealment = after(hertz);

    double wrong = 0, power = 0;
    for (std::size_t i = 0; i < 80; ++i) {
      const double expected = voice(hertz, Concealment::history + i);
      wrong += std::pow(concealment.missing() - expected, 2);
      power += expected * expected;
    }

    CHECK(wrong < 0.15 * power);
  }
}

TEST_CASE("what is made up fades to nothing within 60 ms") {
  Concealment concealment = after(125);
  std::vector<int> made;
  for (int i = 0; i < 800; ++i) made.push_back(std::abs(concealment.missing()));

  const auto loudest = [&made](int from, int to) {
    return *std::max_element(made.begin() + from, made.begin() + to);
  };
  CHECK(loudest(0, 80) > 6000);
  CHECK(loudest(160, 320) < loudest(0, 80));
  CHECK(loudest(320, 480) < loudest(160, 320));
  CHECK(loudest(480, 800) == 0);
  CHECK(concealment.faded_out());
}

TEST_CASE("the way back into what comes has no edge and ends") {
  Concealment concealment = after(100);
  for (int i = 0; i < 160; ++i) concealment.missing();
  REQUIRE(concealment.active());

  std::vector<int> heard;
  for (int i = 0; i < 100; ++i) heard.push_back(concealment.present(10000));

  CHECK(heard.front() < 10000);
  CHECK(heard.back() == 10000);
  for (std::size_t i = 1; i < heard.size(); ++i) CHECK(std::abs(heard[i] - heard[i - 1]) < 3000);
  CHECK_FALSE(concealment.active());
}

TEST_CASE("nothing is changed where nothing was missing") {
  Concealment concealment;

  CHECK(concealment.present(-12345) == -12345);
  CHECK_FALSE(concealment.active());
}

TEST_CASE("after silence silence is made up") {
  Concealment concealment;
  concealment.begin(std::array<std::int16_t, Concealment::history>{});

  for (int i = 0; i < 160; ++i) CHECK(concealment.missing() == 0);
}
