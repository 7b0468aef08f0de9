// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_lateness.hpp"

#include <doctest/doctest.h>

using vcsr::Duration;
using vcsr::sip::RtpLateness;

TEST_CASE("without a wake-up there is no lateness") { CHECK(RtpLateness().percentile(99) == Duration(0)); }

TEST_CASE("the percentile is the lateness that so many wake-ups did not exceed") {
  RtpLateness lateness;
  for (int i = 0; i < 99; ++i) lateness.add(Duration(6));
  lateness.add(Duration(50000));

  CHECK(lateness.percentile(99) == Duration(6));
  CHECK(lateness.percentile(100) >= Duration(50000));
}

TEST_CASE("a class is at most a quarter wider than what is in it") {
  for (std::int64_t late = 1; late < 3'000'000'000; late = late * 9 / 8 + 1) {
    RtpLateness lateness;
    lateness.add(Duration(late));

    CAPTURE(late);
    CHECK(lateness.percentile(99).count() >= late);
    CHECK(lateness.percentile(99).count() <= late * 5 / 4);
  }
}

TEST_CASE("waking up early or absurdly late is counted too") {
  RtpLateness lateness;
  lateness.add(Duration(-5));
  CHECK(lateness.percentile(99) == Duration(0));

  lateness.add(std::chrono::hours(24));
  CHECK(lateness.percentile(99) > std::chrono::hours(1));
}
