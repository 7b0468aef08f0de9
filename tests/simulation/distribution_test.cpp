// SPDX-License-Identifier: Apache-2.0
#include "simulation/distribution.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

struct Moments {
  double mean = 0, deviation = 0;
};

Moments moments(const Distribution& distribution) {
  const Draws draws(7, 0);
  constexpr int count = 100'000;
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    const double drawn =
        std::chrono::duration<double>(distribution.draw(draws, Draws::Purpose::handling, i)).count();
    sum += drawn;
    squares += drawn * drawn;
  }
  const double mean = sum / count;
  return {mean, std::sqrt(squares / count - mean * mean)};
}

}  // namespace

TEST_CASE("each shape has the mean and the deviation that it should have") {
  using Shape = Distribution::Shape;
  const Moments exponential = moments({.shape = Shape::exponential, .mean = 240s});
  const Moments lognormal = moments({.shape = Shape::lognormal, .mean = 240s, .deviation = 120s});
  const Moments constant = moments({.shape = Shape::constant, .mean = 240s});
  const Moments empirical = moments({.shape = Shape::empirical, .samples = {60s, 120s, 300s}});

  CHECK(exponential.mean == doctest::Approx(240).epsilon(0.01));
  CHECK(exponential.deviation == doctest::Approx(240).epsilon(0.02));
  CHECK(lognormal.mean == doctest::Approx(240).epsilon(0.01));
  CHECK(lognormal.deviation == doctest::Approx(120).epsilon(0.02));
  CHECK(constant.mean == 240);
  CHECK(empirical.mean == doctest::Approx(160).epsilon(0.01));
  CHECK(empirical.deviation == doctest::Approx(101.98).epsilon(0.02));
}

TEST_CASE("what is drawn depends on seed, stream, contact and purpose only") {
  const Draws draws(1, 2);

  CHECK(draws.uniform(Draws::Purpose::patience, 3) == Draws(1, 2).uniform(Draws::Purpose::patience, 3));
  CHECK(draws.uniform(Draws::Purpose::patience, 3) != draws.uniform(Draws::Purpose::handling, 3));
  CHECK(draws.uniform(Draws::Purpose::patience, 3) != draws.uniform(Draws::Purpose::patience, 4));
  CHECK(draws.uniform(Draws::Purpose::patience, 3) != Draws(2, 2).uniform(Draws::Purpose::patience, 3));
  CHECK(draws.uniform(Draws::Purpose::patience, 3) != Draws(1, 3).uniform(Draws::Purpose::patience, 3));
}

TEST_CASE("uniform numbers fill what lies between 0 and 1 evenly and do not follow each other") {
  const Draws draws(1, 0);
  int tenths[10] = {};
  double product = 0;
  constexpr int count = 100'000;

  for (int i = 0; i < count; ++i) {
    const double drawn = draws.uniform(Draws::Purpose::arrival, i);
    REQUIRE(drawn > 0);
    REQUIRE(drawn <= 1);
    ++tenths[static_cast<int>(std::ceil(drawn * 10)) - 1];
    product += (drawn - 0.5) * (draws.uniform(Draws::Purpose::arrival, i + 1) - 0.5);
  }

  for (const int tenth : tenths) CHECK(tenth == doctest::Approx(count / 10).epsilon(0.03));
  CHECK(std::abs(product / count) < 0.001);
}
