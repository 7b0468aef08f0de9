// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/duration.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace vcsr::feel;

namespace {

std::string days_and_time(const char* text) {
  const auto parsed = DaysAndTimeDuration::parse(text);
  return parsed ? parsed->to_string() : "none";
}

std::string years_and_months(const char* text) {
  const auto parsed = YearsAndMonthsDuration::parse(text);
  return parsed ? parsed->to_string() : "none";
}

DaysAndTimeDuration time(const char* text) { return *DaysAndTimeDuration::parse(text); }

Number number(const char* text) { return *Number::parse(text); }

}  // namespace

TEST_CASE("a days and time duration is written with the largest parts that it fills") {
  const struct {
    const char* text;
    const char* written;
  } table[] = {
      {"P1D", "P1D"},           {"PT24H", "P1D"},
      {"PT1000M", "PT16H40M"},  {"P2DT274M", "P2DT4H34M"},
      {"-PT1H2M", "-PT1H2M"},   {"PT3600S", "PT1H"},
      {"PT0S", "PT0S"},         {"-P0D", "PT0S"},
      {"PT0.000S", "PT0S"},     {"PT0.S", "PT0S"},
      {"PT0.999S", "PT0.999S"}, {"P1DT2H3M4.123456789S", "P1DT2H3M4.123456789S"},
      {"-PT0.5S", "-PT0.5S"},   {"PT1.9999999999S", "PT1.999999999S"},
  };

  for (const auto& row : table) CHECK(days_and_time(row.text) == row.written);
}

TEST_CASE("a years and months duration is written in years and what is left of them") {
  CHECK(years_and_months("P1Y2M") == "P1Y2M");
  CHECK(years_and_months("P26M") == "P2Y2M");
  CHECK(years_and_months("-P100M") == "-P8Y4M");
  CHECK(years_and_months("P0Y") == "P0M");
  CHECK(years_and_months("P999999999M") == "P83333333Y3M");
}

TEST_CASE("what is no duration is refused") {
  for (const char* text : {"", "P", "-P", "PT", "P1DT", "1D", "P1H", "P1S", "PT1D", "P1", "P1M1D", "PT1M1H",
                           "PT.5S", "P-1D", "+P1D", "P1.5D", "p1d", "P1D ", "P999999999999999999D"}) {
    CHECK_MESSAGE(days_and_time(text) == "none", text);
  }
  for (const char* text : {"", "P", "P1Y1D", "P1M1Y", "1Y", "P1.5Y", "PT1M", "P1Y2"}) {
    CHECK_MESSAGE(years_and_months(text) == "none", text);
  }
}

TEST_CASE("the parts of a negative duration are negative") {
  const auto duration = time("-P1DT2H3M4.5S");

  CHECK(duration.days_part() == Number(-1));
  CHECK(duration.hours_part() == Number(-2));
  CHECK(duration.minutes_part() == Number(-3));
  CHECK(duration.seconds_part() == number("-4.5"));
  CHECK(duration.in_seconds() == number("-93784.5"));
  CHECK(duration.abs() == time("P1DT2H3M4.5S"));
  CHECK(YearsAndMonthsDuration(-14).years_part() == Number(-1));
  CHECK(YearsAndMonthsDuration(-14).months_part() == Number(-2));
}

TEST_CASE("durations add, scale and compare to the nanosecond") {
  CHECK(time("PT0.6S").plus(time("PT0.6S")) == time("PT1.2S"));
  CHECK(time("PT0.6S").plus(-time("PT0.7S")) == time("-PT0.1S"));
  CHECK(time("PT23H").times(number("2.5")) == time("P2DT9H30M"));
  CHECK(time("P10DT23H").divided_by(number("2.5")) == time("P4DT9H12M"));
  CHECK(time("-PT1S") < time("-PT0.5S"));
  CHECK(time("PT60S") == time("PT1M"));
  CHECK(YearsAndMonthsDuration(23).times(number("-2.5")) == YearsAndMonthsDuration(-57));
  CHECK(YearsAndMonthsDuration(131).divided_by(number("2.5")) == YearsAndMonthsDuration(52));
  CHECK(YearsAndMonthsDuration(5).plus(YearsAndMonthsDuration(-7)) == YearsAndMonthsDuration(-2));
}

TEST_CASE("a duration that no number holds has no result") {
  CHECK_FALSE(time("P1D").divided_by(0).has_value());
  CHECK_FALSE(time("P1D").times(number("1e30")).has_value());
  CHECK_FALSE(YearsAndMonthsDuration(1).times(number("1e30")).has_value());
  CHECK_FALSE(YearsAndMonthsDuration(1).divided_by(0).has_value());

  const auto long_one = *DaysAndTimeDuration::of(number("2e18"));
  CHECK_FALSE(long_one.plus(long_one).has_value());
}
