// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/mix.hpp"

#include <doctest/doctest.h>

#include "vcsr/media/g711.hpp"

using namespace vcsr;

namespace {

AudioFrame constant(std::int16_t value) {
  AudioFrame frame;
  frame.fill(value);
  return frame;
}

}  // namespace

TEST_CASE("a mix is the sum of those who speak, whatever law each came in") {
  std::array<std::uint8_t, frame_samples> loud;
  vcsr::encode(Codec::pcma, constant(1000), loud);
  Mix mix;

  mix.add(constant(-300));
  mix.add(Codec::pcma, loud);

  CHECK(mix.linear()[0] == decode(Codec::pcma, loud[0]) - 300);
  CHECK(mix.linear()[frame_samples - 1] == mix.linear()[0]);
}

TEST_CASE("what is louder than can be carried is cut off, not turned over") {
  Mix high, low;

  for (int i = 0; i < 3; ++i) {
    high.add(constant(30000));
    low.add(constant(-30000));
  }

  CHECK(high.linear()[5] == 32767);
  CHECK(low.linear()[5] == -32768);
}

TEST_CASE("nobody is silence") {
  std::array<std::uint8_t, frame_samples> out;

  Mix().encode(Codec::pcmu, out);

  CHECK(out[0] == silence_of(Codec::pcmu));
  CHECK(out[frame_samples - 1] == silence_of(Codec::pcmu));
}
