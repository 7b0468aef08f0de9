// SPDX-License-Identifier: Apache-2.0
#include "vcsr/media/dtmf.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

namespace {

std::array<std::uint8_t, 4> packet(char digit, std::uint16_t duration, bool end = false) {
  TelephoneEvent event = TelephoneEvent::of(digit);
  event.duration = duration;
  event.end = end;
  return event.bytes();
}

/// Feeds packets, gathers digits.
class Line {
 public:
  void packet_of(char digit, std::uint32_t timestamp, std::uint16_t duration, bool end = false) {
    const auto told = receiver_.receive(timestamp, packet(digit, duration, end));
    if (told) digits += *told;
  }
  void press(char digit, std::uint32_t timestamp) {
    for (std::uint16_t duration = 160; duration <= 640; duration += 160)
      packet_of(digit, timestamp, duration);
    for (int i = 0; i < 3; ++i) packet_of(digit, timestamp, 800, true);
  }

  std::string digits;

 private:
  TelephoneEventReceiver receiver_;
};

}  // namespace

TEST_CASE("sixteen characters are digits") {
  const std::string digits = "0123456789*#ABCD";
  for (int c = -128; c < 128; ++c)
    CHECK(is_dtmf_digit(static_cast<char>(c)) ==
          (c != 0 && digits.find(static_cast<char>(c)) != std::string::npos));
}

TEST_CASE("an event is four bytes on the wire") {
  TelephoneEvent event = TelephoneEvent::of('#');
  event.end = true;
  event.volume = 10;
  event.duration = 0x0320;

  const auto bytes = event.bytes();
  const auto read = TelephoneEvent::parse(bytes);

  CHECK(bytes == std::array<std::uint8_t, 4>{11, 0x8a, 0x03, 0x20});
  REQUIRE(read);
  CHECK(read->event == 11);
  CHECK(read->end);
  CHECK(read->volume == 10);
  CHECK(read->duration == 0x0320);
  CHECK(read->digit() == '#');
}

TEST_CASE("the reserved bit of an event is ignored") {
  const std::vector<std::uint8_t> bytes = {1, 0x45, 0, 160};

  const auto read = TelephoneEvent::parse(bytes);

  REQUIRE(read);
  CHECK_FALSE(read->end);
  CHECK(read->volume == 5);
}

TEST_CASE("a payload of another length is no event") {
  CHECK_FALSE(TelephoneEvent::parse({}));
  CHECK_FALSE(TelephoneEvent::parse(std::vector<std::uint8_t>{1, 2, 3}));
  CHECK_FALSE(TelephoneEvent::parse(std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_CASE("events beyond the keypad are no digits") {
  TelephoneEvent flash;
  flash.event = 16;
  CHECK(flash.digit() == '\0');
  CHECK_THROWS_WITH_AS(TelephoneEvent::of('x'), "DTMF digit 'x': expected one of 0-9 * # A-D", Error);

  TelephoneEventReceiver receiver;
  CHECK_FALSE(receiver.receive(0, flash.bytes()));
}

TEST_CASE("a pressed key is one digit, however many packets tell it") {
  Line line;

  line.press('1', 1000);
  line.press('1', 3000);
  line.press('#', 5000);

  CHECK(line.digits == "11#");
}

TEST_CASE("a key whose first packets were lost is still told") {
  Line line;

  line.packet_of('7', 1000, 800, true);
  line.packet_of('7', 1000, 800, true);

  CHECK(line.digits == "7");
}

TEST_CASE("packets that come after the next key began tell nothing new") {
  Line line;

  line.packet_of('1', 1000, 160);
  line.packet_of('2', 2600, 160);
  line.packet_of('1', 1000, 800, true);
  line.packet_of('2', 2600, 800, true);

  CHECK(line.digits == "12");
}

TEST_CASE("timestamps may wrap between keys") {
  Line line;

  line.press('1', 0xffffff00);
  line.press('2', 0x00000700);
  line.packet_of('1', 0xffffff00, 800, true);

  CHECK(line.digits == "12");
}

TEST_CASE("a stream that begins anew with lower timestamps is heard") {
  Line line;

  line.press('1', 3'000'000'000);
  line.press('2', 1000);
  line.press('3', 2'999'000'000);

  CHECK(line.digits == "123");
}

TEST_CASE("a key held longer than one event can last is one digit") {
  Line line;

  line.packet_of('5', 1000, 160);
  line.packet_of('5', 1000, 0xffff);
  line.packet_of('5', 1000 + 0xffff, 160);
  line.packet_of('5', 1000 + 2 * 0xffff, 160, true);
  line.press('5', 1000 + 3 * 0xffff + 800);

  CHECK(line.digits == "55");
}
