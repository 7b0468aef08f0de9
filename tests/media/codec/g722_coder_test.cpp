// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <vector>

#include <doctest/doctest.h>
#include <spandsp.h>

#include "media/codec/audio_coder.hpp"
#include "media/level.hpp"

using namespace vcsr;

namespace {

constexpr std::size_t second = samples_per_second;

/// What is left of the first second when its beginning has settled.
double purity(const std::vector<std::int16_t>& heard, double frequency) {
  const auto part = std::span(heard).subspan(second / 4, second / 2);
  return level_at(frequency, part) - level_of(part);
}

}  // namespace

TEST_CASE("a tone goes through G.722 and comes out as loud and clean") {
  for (const double frequency : {300, 1000, 3000}) {
    CAPTURE(frequency);
    const auto coder = make_g722_coder();
    const std::vector<std::int16_t> said = sine(frequency, 8000, second, 8000);
    std::vector<std::int16_t> heard;
    AudioCoder::Payload payload;
    AudioCoder::Samples samples;
    for (std::size_t at = 0; at < said.size(); at += frame_samples) {
      AudioFrame frame;
      std::copy_n(said.begin() + static_cast<std::ptrdiff_t>(at), frame_samples, frame.begin());
      const auto bytes = coder->encode(frame, payload);
      CHECK(bytes.size() == 160);  // 64 kbit/s
      const auto decoded = coder->decode(bytes, samples);
      heard.insert(heard.end(), decoded.begin(), decoded.end());
    }

    REQUIRE(heard.size() == said.size());
    CHECK(level_of(heard) == doctest::Approx(level_of(said)).epsilon(0.03));
    CHECK(purity(heard, frequency) > -0.02);
  }
}

TEST_CASE("what a wideband telephone says is heard as loud as it is") {
  const std::unique_ptr<g722_encode_state_t, int (*)(g722_encode_state_t*)> telephone(
      g722_encode_init(nullptr, 64000, 0), g722_encode_free);
  const std::vector<std::int16_t> said = sine(1000, 16000, 2 * second, 8000);
  std::vector<std::uint8_t> payload(second);
  REQUIRE(g722_encode(telephone.get(), payload.data(), said.data(), static_cast<int>(said.size())) == second);

  const auto coder = make_g722_coder();
  std::vector<std::int16_t> heard;
  AudioCoder::Samples samples;
  for (std::size_t at = 0; at < payload.size(); at += 400) {
    const auto decoded = coder->decode(std::span(payload).subspan(at, 400), samples);
    heard.insert(heard.end(), decoded.begin(), decoded.end());
  }

  REQUIRE(heard.size() == second);
  CHECK(std::abs(level_of(heard) - level_of(said)) < 1);
  CHECK(purity(heard, 1000) > -0.02);
}

TEST_CASE("of what is longer than any packet nothing is decoded, and G.722 repeats nothing") {
  const auto coder = make_g722_coder();
  AudioCoder::Samples samples;

  CHECK(coder->decode(std::vector<std::uint8_t>(961), samples).empty());
  CHECK(coder->decode({}, samples).empty());
  CHECK(coder->decode_lost(std::vector<std::uint8_t>(160), samples).empty());
}
