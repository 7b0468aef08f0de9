// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_sound.hpp"

#include <array>
#include <vector>

#include <doctest/doctest.h>

using namespace vcsr;
using vcsr::sip::RtpSound;
using Bytes = std::vector<std::uint8_t>;

namespace {

SoundPtr ramp(std::size_t samples) {
  std::vector<std::int16_t> linear;
  for (std::size_t i = 0; i < samples; ++i) linear.push_back(static_cast<std::int16_t>(1000 + 40 * i));
  return std::make_shared<const Sound>(std::move(linear));
}

struct Piece {
  Bytes bytes;
  bool last;
};

Piece read(RtpSound& sound, Codec codec = Codec::pcmu) {
  std::array<std::uint8_t, frame_samples> frame;
  const bool last = sound.read(codec, frame);
  return {Bytes(frame.begin(), frame.end()), last};
}

}  // namespace

TEST_CASE("a sound is read byte by byte, with silence behind its end") {
  const SoundPtr original = ramp(250);
  RtpSound sound(original, false);

  const Piece first = read(sound), second = read(sound);

  const auto bytes = original->encoded(Codec::pcmu);
  CHECK(first.bytes == Bytes(bytes.begin(), bytes.begin() + 160));
  CHECK_FALSE(first.last);
  Bytes rest(bytes.begin() + 160, bytes.end());
  rest.resize(frame_samples, silence_of(Codec::pcmu));
  CHECK(second.bytes == rest);
  CHECK(second.last);
}

TEST_CASE("a sound of whole frames ends with its last frame") {
  RtpSound sound(ramp(320), false);

  CHECK_FALSE(read(sound).last);
  CHECK(read(sound).last);
}

TEST_CASE("a repeated sound begins again within the frame and never ends") {
  const SoundPtr original = ramp(50);
  RtpSound sound(original, true);

  Bytes heard;
  for (int i = 0; i < 5; ++i) {
    const Piece piece = read(sound, Codec::pcma);
    CHECK_FALSE(piece.last);
    heard.insert(heard.end(), piece.bytes.begin(), piece.bytes.end());
  }

  for (std::size_t i = 0; i < heard.size(); ++i) CHECK(heard[i] == original->encoded(Codec::pcma)[i % 50]);
}

TEST_CASE("a sound of no length is over at once, and silence when repeated") {
  RtpSound once(ramp(0), false), repeated(ramp(0), true);

  CHECK(read(once).last);
  const Piece piece = read(repeated);
  CHECK_FALSE(piece.last);
  CHECK(piece.bytes == Bytes(frame_samples, silence_of(Codec::pcmu)));
}
