// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_playout.hpp"

#include <vector>

#include <doctest/doctest.h>

using vcsr::Codec;
using vcsr::frame_samples;
using vcsr::sip::RtpPlayout;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr std::uint8_t silence = vcsr::silence_of(Codec::pcmu);

/// Audio that names its place, and is never silence.
std::uint8_t at(std::size_t position) { return static_cast<std::uint8_t>(position % 251 + 1); }

Bytes audio(std::size_t from, std::size_t count) {
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) bytes.push_back(at(from + i));
  return bytes;
}

Bytes silent(std::size_t count) { return Bytes(count, silence); }

Bytes read(RtpPlayout& playout) {
  Bytes bytes(frame_samples);
  playout.read(std::span<std::uint8_t, frame_samples>(bytes));
  return bytes;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

constexpr std::uint32_t start = 0xffffff00;  // the timestamps wrap within each case

void write(RtpPlayout& playout, std::size_t from, std::size_t count) {
  playout.write(start + static_cast<std::uint32_t>(from), audio(from, count));
}

}  // namespace

TEST_CASE("before the first packet silence is heard, in the law agreed on") {
  RtpPlayout playout(Codec::pcma);

  CHECK(read(playout) == Bytes(frame_samples, vcsr::silence_of(Codec::pcma)));
}

TEST_CASE("packets of 20 ms pass without delay and without change") {
  RtpPlayout playout;

  for (std::size_t i = 0; i < 100; ++i) {
    write(playout, 160 * i, 160);
    CHECK(read(playout) == audio(160 * i, 160));
  }
}

TEST_CASE("what did not come is silence of the same length, and told") {
  RtpPlayout playout;
  write(playout, 0, 160);
  write(playout, 320, 160);

  CHECK(read(playout) == audio(0, 160));
  CHECK(read(playout) == silent(160));
  CHECK(read(playout) == audio(320, 160));
  CHECK(read(playout) == silent(160));
}

TEST_CASE("packets that overtook each other are heard in order") {
  RtpPlayout playout;
  for (const std::size_t from : {0, 480, 160, 320}) write(playout, from, 160);

  for (const std::size_t from : {0, 160, 320, 480}) CHECK(read(playout) == audio(from, 160));
}

TEST_CASE("a packet that comes twice is heard once") {
  RtpPlayout playout;
  write(playout, 0, 160);
  write(playout, 0, 160);

  CHECK(read(playout) == audio(0, 160));
  write(playout, 0, 160);
  CHECK(read(playout) == silent(160));
}

TEST_CASE("after a packet that came too late everything is heard a little later") {
  RtpPlayout playout;
  write(playout, 0, 160);
  read(playout);

  CHECK(read(playout) == silent(160));
  write(playout, 160, 160);
  write(playout, 320, 160);
  CHECK(read(playout) == audio(160, 160));
  CHECK(read(playout) == audio(320, 160));
}

TEST_CASE("a packet is dropped when what follows it was already heard") {
  RtpPlayout playout;
  write(playout, 0, 160);
  write(playout, 320, 160);
  for (int i = 0; i < 3; ++i) read(playout);

  write(playout, 160, 160);

  CHECK(read(playout) == silent(160));
}

TEST_CASE("packets of 10, 30, 40 and 60 ms become frames of 20 ms without a gap") {
  for (const std::size_t milliseconds : {10, 30, 40, 60}) {
    CAPTURE(milliseconds);
    RtpPlayout playout;
    const std::size_t size = 8 * milliseconds;
    Bytes heard;
    std::size_t written = 0;
    for (std::size_t now = 0; now < 2000; now += 20) {
      for (; written * milliseconds <= now; ++written) write(playout, written * size, size);
      heard = heard + read(playout);
    }

    const std::size_t before = size > 160 ? size - 160 : 0;   // waited for
    const std::size_t missing = milliseconds == 10 ? 80 : 0;  // only one of two packets was there at first
    Bytes expected = silent(before) + audio(0, 160 - missing) + silent(missing) + audio(160 - missing, 16000);
    expected.resize(heard.size());
    CHECK(heard == expected);
  }
}

TEST_CASE("when too much waits the oldest is dropped") {
  RtpPlayout playout;
  for (std::size_t i = 0; i < 10; ++i) write(playout, 160 * i, 160);

  CHECK(playout.waiting() == RtpPlayout::longest);
  for (std::size_t i = 4; i < 10; ++i) CHECK(read(playout) == audio(160 * i, 160));
  CHECK(read(playout) == silent(160));
}

TEST_CASE("of a packet longer than what may wait the end is heard") {
  RtpPlayout playout;
  write(playout, 0, 1600);

  CHECK(playout.waiting() == RtpPlayout::longest);
  Bytes heard;
  while (playout.waiting() > 0) heard = heard + read(playout);
  CHECK(Bytes(heard.end() - 960, heard.end()) == audio(640, 960));
}

TEST_CASE("delay that is not needed for five seconds is given up") {
  RtpPlayout playout;
  std::size_t written = 0;
  for (; written < 5; ++written) write(playout, 160 * written, 160);
  for (int i = 0; i < 250; ++i, ++written) {
    read(playout);
    CHECK(playout.waiting() <= 640);
    write(playout, 160 * written, 160);
  }
  for (int i = 0; i < 750; ++i, ++written) {
    read(playout);
    write(playout, 160 * written, 160);
  }

  read(playout);
  CHECK(playout.waiting() < 320);
}

TEST_CASE("what was given up is not heard when it comes again") {
  RtpPlayout playout;
  std::size_t written = 0;
  for (; written < 5; ++written) write(playout, 160 * written, 160);
  std::size_t waited = playout.waiting();
  while (waited - playout.waiting() < 320) {
    write(playout, 160 * written++, 160);
    waited = playout.waiting();
    read(playout);
  }
  waited = playout.waiting();

  write(playout, 160 * written - waited - 160, 160);

  CHECK(playout.waiting() == waited);
}

TEST_CASE("a party that pauses and counts on is heard at once when it goes on") {
  RtpPlayout playout;
  write(playout, 0, 160);
  for (int i = 0; i < 51; ++i) read(playout);

  write(playout, 51 * 160, 160);

  CHECK(read(playout) == audio(51 * 160, 160));
}

TEST_CASE("a party that pauses and does not count on is heard at once when it goes on") {
  RtpPlayout playout;
  write(playout, 0, 160);
  for (int i = 0; i < 500; ++i) read(playout);

  write(playout, 160, 160);

  CHECK(read(playout) == audio(160, 160));
}

TEST_CASE("a party that begins to count anew is heard at once") {
  for (const std::uint32_t jump : {0x70000000u, 0x90000000u, 0u - 100000u, 100000u}) {
    CAPTURE(jump);
    RtpPlayout playout;
    write(playout, 0, 160);
    read(playout);

    playout.write(start + jump, audio(7, 160));

    Bytes heard = read(playout);
    for (int i = 0; i < 5 && heard == silent(160); ++i) heard = read(playout);
    CHECK(heard == audio(7, 160));
  }
}

TEST_CASE("packets in any order and of any length never disturb the frames after them") {
  std::uint32_t random = 12345;
  const auto next = [&random](std::uint32_t below) {
    random = random * 1664525 + 1013904223;
    return random / 256 % below;
  };
  for (int round = 0; round < 2000; ++round) {
    RtpPlayout playout;
    for (int i = 0; i < 12; ++i) {
      playout.write(start + next(3000), Bytes(next(1000), 1));
      for (std::uint32_t reads = next(4); reads > 0; --reads) read(playout);
      CHECK(playout.waiting() <= RtpPlayout::longest);
    }
    while (playout.waiting() > 0) read(playout);

    for (int i = 0; i < 7; ++i) CHECK(read(playout) == silent(160));
  }
}
