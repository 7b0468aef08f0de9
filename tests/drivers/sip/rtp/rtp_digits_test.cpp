// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_digits.hpp"

#include <vector>

#include <doctest/doctest.h>

using vcsr::sip::RtpDigits;

TEST_CASE("a key press is 100 ms of tone, told to the end three times, and 60 ms of nothing more") {
  RtpDigits digits;
  digits.press("5");

  std::vector<int> durations;
  std::vector<bool> ends, firsts;
  int ticks = 0;
  for (; digits.busy(); ++ticks) {
    const auto step = digits.next();
    if (!step) continue;
    CHECK(step->event.event == 5);
    durations.push_back(step->event.duration);
    ends.push_back(step->event.end);
    firsts.push_back(step->first);
  }

  CHECK(ticks == 8);
  CHECK(durations == std::vector<int>{160, 320, 480, 640, 800, 800, 800});
  CHECK(ends == std::vector<bool>{false, false, false, false, true, true, true});
  CHECK(firsts == std::vector<bool>{true, false, false, false, false, false, false});
}

TEST_CASE("keys pressed while others are on their way follow them") {
  RtpDigits digits;
  digits.press("1");
  digits.next();
  digits.press("#A");

  std::string sent;
  while (digits.busy()) {
    const auto step = digits.next();
    if (step && step->first) sent += step->event.digit();
  }

  CHECK(sent == "#A");
  CHECK(digits.left() == 0);
}

TEST_CASE("no keys are nothing to send") {
  RtpDigits digits;
  digits.press("");

  CHECK_FALSE(digits.busy());
}
