// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/date_and_time.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace vcsr::feel;

namespace {

DateAndTime moment(const char* text) {
  const auto parsed = DateAndTime::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

std::string sum(const char* text, const char* duration) {
  const auto result = moment(text).plus(*DaysAndTimeDuration::parse(duration));
  return result ? result->to_string() : "none";
}

std::string difference(const char* left, const char* right) {
  const auto result = moment(left).minus(moment(right));
  return result ? result->to_string() : "none";
}

constexpr auto equal = std::partial_ordering::equivalent;

}  // namespace

TEST_CASE("a date and time is written as it was read") {
  for (const char* text : {"2018-12-08T10:30:11", "2018-12-08T10:30:11.5Z", "-2021-01-01T10:10:10+11:00",
                           "2018-12-08T10:30:11@Australia/Melbourne", "999999999-12-31T23:59:59.999999999"}) {
    CHECK(moment(text).to_string() == text);
  }
  CHECK(moment("2021-01-01T24:00:00").to_string() == "2021-01-02T00:00:00");
}

TEST_CASE("what is no date and time is refused") {
  for (const char* text :
       {"", "T", "2018-12-08", "2018-12-08T", "2018-12-08 10:30:11", "2018-12-08t10:30:11",
        "2018-12-08T10:30", "2018-02-30T10:30:11", "2018-12-08T25:00:00", "999999999-12-31T24:00:00"}) {
    CHECK_FALSE_MESSAGE(DateAndTime::parse(text).has_value(), text);
  }
}

TEST_CASE("dates and times are equal when they are the same moment") {
  CHECK(compare(moment("2018-10-08T00:00:00+02:00"), moment("2018-10-08T00:00:00@Europe/Paris")) == equal);
  CHECK(compare(moment("2002-04-02T12:00:00@Australia/Melbourne"),
                moment("2002-04-02T12:00:00@Australia/Sydney")) == equal);
  CHECK(compare(moment("2002-04-02T23:00:00-04:00"), moment("2002-04-03T02:00:00-01:00")) == equal);
  CHECK(compare(moment("2018-12-08T00:00:00@Asia/Dhaka"), moment("2018-12-08T00:00:00@Europe/Paris")) ==
        std::partial_ordering::less);
  CHECK(compare(moment("2018-12-08T00:00:00"), moment("2018-12-08T00:00:00Z")) ==
        std::partial_ordering::unordered);
  CHECK(moment("2018-10-08T00:00:00+02:00") != moment("2018-10-08T00:00:00@Europe/Paris"));
}

TEST_CASE("time passes, whatever the clocks of a zone do") {
  CHECK(sum("2021-03-28T01:30:00@Europe/Paris", "PT1H") == "2021-03-28T03:30:00@Europe/Paris");
  CHECK(sum("2021-10-31T02:30:00@Europe/Paris", "PT2H") == "2021-10-31T03:30:00@Europe/Paris");
  CHECK(sum("2021-01-01T24:00:00", "-PT1S") == "2021-01-01T23:59:59");
  CHECK(sum("-2021-01-01T10:10:10@Australia/Melbourne", "-P1D") ==
        "-2022-12-31T10:10:10@Australia/Melbourne");
  CHECK(sum("2021-01-01T00:00:00.5Z", "PT0.5S") == "2021-01-01T00:00:01Z");
  CHECK(sum("999999999-12-31T23:59:59", "PT1S") == "none");
  CHECK(sum("2021-01-01T00:00:00@Europe/Paris", "P2000000000000D") == "none");
}

TEST_CASE("months pass on the calendar and leave the time of day") {
  CHECK(moment("2021-01-31T10:10:10@Europe/Paris").plus(YearsAndMonthsDuration(1))->to_string() ==
        "2021-02-28T10:10:10@Europe/Paris");
}

TEST_CASE("between dates and times lies what has passed") {
  CHECK(difference("2021-01-02T10:10:10", "2021-01-01T10:10:10") == "P1D");
  CHECK(difference("2021-01-02T10:10:10@Europe/Paris", "1995-01-01T10:10:10@Asia/Dhaka") == "P9498DT5H");
  CHECK(difference("2021-01-02T10:10:10.25Z", "2021-01-02T10:10:10.5Z") == "-PT0.25S");
  CHECK(difference("2021-01-02T10:10:10Z", "2021-01-02T10:10:10") == "none");
}

TEST_CASE("a date is its midnight in UTC where a date and time is wanted") {
  const auto midnight = DateAndTime::midnight(*Date::parse("2021-01-02"));

  CHECK(midnight.to_string() == "2021-01-02T00:00:00Z");
  CHECK(midnight.minus(moment("2021-01-01T10:10:10+11:00"))->to_string() == "P1DT49M50S");
}

TEST_CASE("a moment is what the clocks of a zone show") {
  CHECK(DateAndTime::of_moment(0, 500'000'000, *Zone::named("Asia/Shanghai"))->to_string() ==
        "1970-01-01T08:00:00.5@Asia/Shanghai");
  CHECK(DateAndTime::of_moment(-1, 0, Zone::utc())->to_string() == "1969-12-31T23:59:59Z");
  CHECK(moment("2021-07-01T00:00:00@Europe/Paris").offset() == 7200);
  CHECK_FALSE(moment("2021-07-01T00:00:00").offset().has_value());
}
