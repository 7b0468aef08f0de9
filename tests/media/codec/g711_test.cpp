// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/g711.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include <doctest/doctest.h>

using namespace vcsr;

namespace {

/// G.711 by its segments, as the Recommendation draws them.
int mu_law_value(int byte) {
  const int code = ~byte & 0xff;
  const int magnitude = ((((code & 0x0f) << 3) + 132) << (code >> 4 & 7)) - 132;
  return code & 0x80 ? -magnitude : magnitude;
}
int a_law_value(int byte) {
  const int code = byte ^ 0x55;
  const int segment = code >> 4 & 7;
  const int step = ((code & 0x0f) << 4) + 8;
  const int magnitude = segment == 0 ? step : (step + 256) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

constexpr std::array codecs = {Codec::pcmu, Codec::pcma};

}  // namespace

TEST_CASE("both laws decode as G.711 draws them") {
  for (int byte = 0; byte < 256; ++byte) {
    CHECK(decode(Codec::pcmu, static_cast<std::uint8_t>(byte)) == mu_law_value(byte));
    CHECK(decode(Codec::pcma, static_cast<std::uint8_t>(byte)) == a_law_value(byte));
  }
}

TEST_CASE("known samples have their known codes") {
  CHECK(encode(Codec::pcmu, 0) == 0xff);
  CHECK(encode(Codec::pcmu, 32767) == 0x80);
  CHECK(encode(Codec::pcmu, -32768) == 0x00);
  CHECK(encode(Codec::pcmu, 1000) == 0xce);
  CHECK(encode(Codec::pcma, 0) == 0xd5);
  CHECK(encode(Codec::pcma, -1) == 0x55);
  CHECK(encode(Codec::pcma, 32767) == 0xaa);
  CHECK(encode(Codec::pcma, -32768) == 0x2a);
  CHECK(encode(Codec::pcma, 1000) == 0xfa);
}

TEST_CASE("every code comes back as itself; only negative zero becomes positive") {
  for (const Codec codec : codecs) {
    for (int byte = 0; byte < 256; ++byte) {
      const auto code = static_cast<std::uint8_t>(byte);
      const std::uint8_t expected = codec == Codec::pcmu && code == 0x7f ? 0xff : code;
      CHECK(encode(codec, decode(codec, code)) == expected);
    }
  }
}

TEST_CASE("a sample loses no more than half a step of its segment, and order is kept") {
  for (const Codec codec : codecs) {
    int before = -40000;
    int wrong = 0;
    for (int sample = -32768; sample <= 32767; ++sample) {
      const int value = decode(codec, encode(codec, static_cast<std::int16_t>(sample)));
      const int half_step =
          codec == Codec::pcmu ? (std::abs(sample) + 132) / 32 : std::max(8, std::abs(sample) / 32);
      if (value < before || std::abs(value - sample) > half_step) ++wrong;
      before = value;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("silence is the code of zero") {
  for (const Codec codec : codecs) CHECK(encode(codec, 0) == silence_of(codec));
}

TEST_CASE("a passage through the other law is lossless the second time, and near the first") {
  std::array<std::uint8_t, 256> all, there, back, again;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
  for (const Codec from : codecs) {
    const Codec to = from == Codec::pcmu ? Codec::pcma : Codec::pcmu;
    transcode(from, to, all, there);
    transcode(to, from, there, back);
    transcode(from, to, back, again);
    CHECK(again == there);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const int value = decode(from, all[i]);
      CHECK(std::abs(decode(to, there[i]) - value) <= 16 + std::abs(value) / 16);
    }
    transcode(from, from, all, back);
    CHECK(back == all);
  }
}

TEST_CASE("silence stays silence in the other law") {
  const std::array<std::uint8_t, 1> silence = {0xff};
  std::array<std::uint8_t, 1> other;

  transcode(Codec::pcmu, Codec::pcma, silence, other);

  CHECK(other[0] == 0xd5);
}

TEST_CASE("whole buffers go as single samples do") {
  const std::vector<std::int16_t> samples = {0, 5, -5, 1000, -1000, 32767, -32768};
  for (const Codec codec : codecs) {
    std::vector<std::uint8_t> codes(samples.size());
    std::vector<std::int16_t> decoded(samples.size());
    encode(codec, samples, codes);
    decode(codec, codes, decoded);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      CHECK(codes[i] == encode(codec, samples[i]));
      CHECK(decoded[i] == decode(codec, codes[i]));
    }
  }
}
