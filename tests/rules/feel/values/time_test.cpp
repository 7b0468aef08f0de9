// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/time.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace vcsr::feel;

namespace {

Time time(const char* text) {
  const auto parsed = Time::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

DaysAndTimeDuration duration(const char* text) { return *DaysAndTimeDuration::parse(text); }

}  // namespace

TEST_CASE("a time is written as it was read, in its zone") {
  const struct {
    const char* text;
    const char* written;
  } table[] = {
      {"01:02:03", "01:02:03"},
      {"11:22:33.444", "11:22:33.444"},
      {"11:22:33.123456789", "11:22:33.123456789"},
      {"10:30:00.0000", "10:30:00"},
      {"23:59:00Z", "23:59:00Z"},
      {"23:59:00z", "23:59:00Z"},
      {"11:22:33-00:00", "11:22:33Z"},
      {"13:20:00-05:00", "13:20:00-05:00"},
      {"11:59:45+02:45:55", "11:59:45+02:45:55"},
      {"00:01:00@Europe/Paris", "00:01:00@Europe/Paris"},
      {"00:01:00@Etc/GMT+5", "00:01:00@Etc/GMT+5"},
      {"24:00:00", "00:00:00"},
  };

  for (const auto& row : table) CHECK(time(row.text).to_string() == row.written);
}

TEST_CASE("what is no time is refused") {
  for (const char* text : {"",
                           "23:59:60",
                           "24:00:01",
                           "24:01:00",
                           "24:00:00.1",
                           "25:00:00",
                           "00:60:00",
                           "7:00:00",
                           "07:1:00",
                           "07:01:2",
                           "7:20",
                           "11:30:00T",
                           "11:30:00.",
                           "13:20:00@xyz/abc",
                           "13:20:00@",
                           "13:20:00@../../etc/passwd",
                           "13:20:00@localtime",
                           "13:20:00+19:00",
                           "13:20:00-14:01",
                           "13:20:00+5:00",
                           "13:20:00+5",
                           "13:20:00+05:60",
                           "13:20:00+02:00@Europe/Paris",
                           "13:20:00@Europe"}) {
    CHECK_FALSE_MESSAGE(Time::parse(text).has_value(), text);
  }
}

TEST_CASE("times are equal when they are the same moment of a day, to the second") {
  CHECK(compare(time("10:30:00.0001"), time("10:30:00.0002")) == std::partial_ordering::equivalent);
  CHECK(compare(time("10:30:00Z"), time("11:30:00+01:00")) == std::partial_ordering::equivalent);
  CHECK(compare(time("10:30:00@Europe/Paris"), time("10:30:00+01:00")) == std::partial_ordering::equivalent);
  CHECK(compare(time("10:30:00@Australia/Melbourne"), time("10:30:00+10:00")) ==
        std::partial_ordering::equivalent);
  CHECK(compare(time("10:30:00"), time("10:30:01")) == std::partial_ordering::less);
  CHECK(compare(time("10:30:00+02:00"), time("10:30:00Z")) == std::partial_ordering::less);
}

TEST_CASE("a local time and one of a zone do not compare") {
  CHECK(compare(time("10:30:00"), time("10:30:00Z")) == std::partial_ordering::unordered);
  CHECK_FALSE(time("10:30:00").minus(time("10:30:00Z")).has_value());
}

TEST_CASE("the same time is more than an equal one") {
  CHECK(time("10:30:00Z") == time("10:30:00+00:00"));
  CHECK(time("10:30:00Z") != time("11:30:00+01:00"));
  CHECK(time("10:30:00@Europe/Paris") != time("10:30:00@Europe/Berlin"));
  CHECK(time("10:30:00Z") != time("10:30:00"));
}

TEST_CASE("a time goes round the clock") {
  CHECK(time("23:30:00").plus(duration("PT1H")) == time("00:30:00"));
  CHECK(time("00:30:00+02:00").plus(duration("-PT1H")) == time("23:30:00+02:00"));
  CHECK(time("10:15:00").plus(duration("P5D")) == time("10:15:00"));
  CHECK(time("23:59:59.5").plus(duration("PT0.5S")) == time("00:00:00"));
}

TEST_CASE("between times lies a duration with a sign") {
  CHECK(time("10:10:10").minus(time("09:10:10")) == duration("PT1H"));
  CHECK(time("10:10:10+11:00").minus(time("11:10:10+11:00")) == duration("-PT1H"));
  CHECK(time("10:10:10+01:00").minus(time("10:10:10Z")) == duration("-PT1H"));
  CHECK(time("10:10:10.25").minus(time("10:10:10.5")) == duration("-PT0.25S"));
}

TEST_CASE("a time knows its parts") {
  const auto given = time("13:20:07.25+05:30");

  CHECK(given.hour() == 13);
  CHECK(given.minute() == 20);
  CHECK(given.second() == *Number::parse("7.25"));
  CHECK(given.zone().usual_offset() == 19800);
  CHECK(time("13:20:07@Asia/Dhaka").zone().name() == "Asia/Dhaka");
  CHECK_FALSE(time("13:20:07").zone().usual_offset().has_value());
  CHECK_FALSE(Time::of(12, 0, 60).has_value());
  CHECK_FALSE(Time::of(12, -1, 0).has_value());
}
