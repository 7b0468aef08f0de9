// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "media/codec/audio_coder.hpp"
#include "media/level.hpp"

using namespace vcsr;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t frames = 50;

/// A second of a tone, packet by packet.
std::vector<Bytes> said(double frequency, const OpusOptions& options = {}) {
  const auto coder = make_opus_coder(options);
  const std::vector<std::int16_t> samples = sine(frequency, 8000, frames * frame_samples, 8000);
  std::vector<Bytes> packets;
  AudioCoder::Payload payload;
  for (std::size_t i = 0; i < frames; ++i) {
    AudioFrame frame;
    std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(i * frame_samples), frame_samples,
                frame.begin());
    const auto bytes = coder->encode(frame, payload);
    packets.emplace_back(bytes.begin(), bytes.end());
  }
  return packets;
}

std::size_t size_of(const std::vector<Bytes>& packets) {
  std::size_t size = 0;
  for (const Bytes& packet : packets) size += packet.size();
  return size;
}

}  // namespace

TEST_CASE("a tone goes through Opus and comes out as loud and clean") {
  for (const double frequency : {300, 1000, 2500}) {
    CAPTURE(frequency);
    const auto coder = make_opus_coder({});
    AudioCoder::Samples samples;
    std::vector<std::int16_t> heard;
    for (const Bytes& packet : said(frequency)) {
      const auto decoded = coder->decode(packet, samples);
      CHECK(decoded.size() == frame_samples);
      heard.insert(heard.end(), decoded.begin(), decoded.end());
    }

    const auto part = std::span(heard).subspan(2000, 4000);
    CHECK(level_of(part) == doctest::Approx(level_of(sine(frequency, 8000, 8000, 8000))).epsilon(0.1));
    CHECK(level_at(frequency, part) - level_of(part) > -0.2);
  }
}

TEST_CASE("Opus keeps to the bits it is given") {
  CHECK(size_of(said(1000)) < 20000 / 8 * 5 / 4);
  CHECK(size_of(said(1000, {.bits_per_second = 8000})) < 8000 / 8 * 5 / 4);
}

TEST_CASE("a lost packet is heard from the one after it, where that repeats it") {
  const std::vector<Bytes> packets = said(1000, {.repeats = true});
  const auto coder = make_opus_coder({});
  AudioCoder::Samples samples;
  for (std::size_t i = 0; i < 24; ++i) coder->decode(packets[i], samples);

  const auto lost = coder->decode_lost(packets[25], samples);

  REQUIRE(lost.size() == frame_samples);
  CHECK(level_at(1000, lost) > level_of(sine(1000, 8000, 8000, 8000)) - 6);
  CHECK(coder->decode(packets[25], samples).size() == frame_samples);
  const std::vector<Bytes> single = said(1000);
  CHECK(std::all_of(single.begin(), single.end(),
                    [&](const Bytes& packet) { return coder->decode_lost(packet, samples).empty(); }));
}

TEST_CASE("what is no Opus is no audio") {
  const auto coder = make_opus_coder({});
  AudioCoder::Samples samples;
  const Bytes longer_than_120_ms = {0x1b, 0x30};  // 48 frames of 60 ms
  const Bytes two_frames_of_odd_size = {0x19, 1, 2, 3};

  for (const Bytes& payload : {Bytes{}, longer_than_120_ms, two_frames_of_odd_size}) {
    CHECK(coder->decode(payload, samples).empty());
    CHECK(coder->decode_lost(payload, samples).empty());
  }
}
