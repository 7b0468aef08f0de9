// SPDX-License-Identifier: Apache-2.0
#include "media/codec/resampler.hpp"

#include <doctest/doctest.h>

#include "media/level.hpp"

using namespace vcsr;

namespace {

struct Rates {
  int from, to;
};
constexpr Rates rates[] = {{22050, 8000}, {16000, 8000}, {44100, 8000}, {48000, 8000}, {8000, 16000}};

/// Without the edges, where the filter sees silence.
std::span<const std::int16_t> middle(std::span<const std::int16_t> samples) {
  return samples.subspan(samples.size() / 4, samples.size() / 2);
}

}  // namespace

TEST_CASE("what both rates can carry passes as it is") {
  for (const Rates& each : rates) {
    const int from = each.from, to = each.to;
    for (const double frequency : {100.0, 1000.0, 3400.0}) {
      CAPTURE(from);
      CAPTURE(frequency);
      const auto before = sine(frequency, from, static_cast<std::size_t>(from));
      const auto after = resample(before, from, to);
      CHECK(after.size() == static_cast<std::size_t>(to));
      CHECK(level_of(middle(after)) == doctest::Approx(level_of(before)).epsilon(0.01));
      CHECK(level_at(frequency, middle(after), to) == doctest::Approx(level_of(before)).epsilon(0.02));
    }
  }
}

TEST_CASE("what the lower rate cannot carry is taken away, not folded") {
  for (const Rates& each : rates) {
    const int from = each.from, to = each.to;
    for (const double frequency : {4100.0, 5000.0, 7000.0}) {
      if (from < to) continue;
      CAPTURE(from);
      CAPTURE(frequency);
      const auto before = sine(frequency, from, static_cast<std::size_t>(from));
      CHECK(level_of(middle(resample(before, from, to))) < level_of(before) - 60);
    }
  }
}

TEST_CASE("raising the rate adds no images") {
  const auto after = resample(sine(3000, 8000, 8000), 8000, 16000);

  CHECK(level_at(5000, middle(after), 16000) < -70);
}

TEST_CASE("sounds stay where they were") {
  std::vector<std::int16_t> click(16000);
  click[8000] = 30000;

  const auto after = resample(click, 16000, 8000);

  CHECK(std::max_element(after.begin(), after.end()) - after.begin() == 4000);
}

TEST_CASE("full scale is clipped, not wrapped") {
  std::vector<std::int16_t> square(22050);
  for (std::size_t i = 0; i < square.size(); ++i) square[i] = i / 50 % 2 == 0 ? 32767 : -32768;

  const auto after = resample(square, 22050, 8000);

  for (std::size_t i = 1; i < after.size(); ++i) CHECK(std::abs(after[i] - after[i - 1]) < 65000);
  CHECK(*std::max_element(after.begin(), after.end()) == 32767);
}

TEST_CASE("equal rates change nothing, and nothing stays nothing") {
  const auto samples = sine(1000, 8000, 100);

  CHECK(resample(samples, 8000, 8000) == samples);
  CHECK(resample({}, 22050, 8000).empty());
  CHECK(resample(std::vector<std::int16_t>{1000}, 22050, 8000).size() == 1);
}
