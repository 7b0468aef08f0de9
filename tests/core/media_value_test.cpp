// SPDX-License-Identifier: Apache-2.0
#include "core/media_value.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace std::chrono_literals;

TEST_CASE("the quality of a leg is written down for both directions where both are known") {
  MediaQuality quality;
  quality.heard = {1000, 10, 5ms, 4.1234};
  CHECK(to_value(quality) ==
        Value(Value::Map{
            {"heard", Value::Map{{"packets", 1000}, {"lost", 10}, {"jitter", 0.005}, {"mos", 4.12}}}}));

  quality.sent = MediaQuality::Direction{900, 0, 0ms, 4.4};
  quality.round_trip = 80ms;

  const Value value = to_value(quality);
  CHECK(value == Value(Value::Map{
                     {"heard", Value::Map{{"packets", 1000}, {"lost", 10}, {"jitter", 0.005}, {"mos", 4.12}}},
                     {"sent", Value::Map{{"packets", 900}, {"lost", 0}, {"jitter", 0.0}, {"mos", 4.4}}},
                     {"round_trip", 0.08}}));
}
