// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/date.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace vcsr::feel;

namespace {

Date date(const char* text) {
  const auto parsed = Date::parse(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

}  // namespace

TEST_CASE("a date is read and written from the first year to the last") {
  for (const char* text :
       {"2017-12-31", "-2017-01-01", "999999999-12-31", "-999999999-12-31", "0001-01-01", "2024-02-29"}) {
    CHECK(date(text).to_string() == text);
  }
}

TEST_CASE("what is no date is refused") {
  for (const char* text : {"", "2012-12-25T", "2012/12/25", "9999999999-12-25", "2017-13-10", "2017-12-32",
                           "2017-00-10", "2017-01-00", "998-12-31", "01211-12-31", "+2012-12-02",
                           "2023-02-29", "2017-1-01", "2017-01-1", "--01-01", "2017-01-01Z", " 2017-01-01"}) {
    CHECK_FALSE_MESSAGE(Date::parse(text).has_value(), text);
  }
  CHECK_FALSE(Date::of(1'000'000'000, 1, 1).has_value());
  CHECK_FALSE(Date::of(2017, -8, 2).has_value());
}

TEST_CASE("months that are too short take their last day") {
  CHECK(date("2021-01-31").plus(YearsAndMonthsDuration(1)) == date("2021-02-28"));
  CHECK(date("2020-02-29").plus(YearsAndMonthsDuration(-12)) == date("2019-02-28"));
  CHECK(date("2021-01-15").plus(YearsAndMonthsDuration(-1)) == date("2020-12-15"));
  CHECK(date("-2021-01-01").plus(YearsAndMonthsDuration(-1)) == date("-2022-12-01"));
}

TEST_CASE("a date and less than a day is the date or the one before") {
  CHECK(date("2021-01-01").plus(*DaysAndTimeDuration::parse("PT36H")) == date("2021-01-02"));
  CHECK(date("2021-01-02").plus(*DaysAndTimeDuration::parse("-PT1S")) == date("2021-01-01"));
  CHECK(date("2021-01-02").plus(*DaysAndTimeDuration::parse("PT1H")) == date("2021-01-02"));
  CHECK(date("2020-03-01").plus(*DaysAndTimeDuration::parse("-PT24H")) == date("2020-02-29"));
}

TEST_CASE("a date outside the years of FEEL has no result") {
  CHECK_FALSE(date("999999999-12-31").plus_days(1).has_value());
  CHECK_FALSE(date("-999999999-01-01").plus(YearsAndMonthsDuration(-1)).has_value());
  CHECK_FALSE(date("2021-01-01").plus(*YearsAndMonthsDuration::parse("P999999999Y")).has_value());
}

TEST_CASE("days of the week and of the year follow the calendar") {
  CHECK(date("1970-01-01").weekday() == 4);
  CHECK(date("2019-09-16").weekday() == 1);
  CHECK(date("1969-12-28").weekday() == 7);
  CHECK(date("2019-12-31").day_of_year() == 365);
  CHECK(date("2020-12-31").day_of_year() == 366);
}

TEST_CASE("the first week of a year is that with its first Thursday") {
  CHECK(date("2019-09-17").week_of_year() == 38);
  CHECK(date("2003-12-29").week_of_year() == 1);
  CHECK(date("2004-01-04").week_of_year() == 1);
  CHECK(date("2005-01-01").week_of_year() == 53);
  CHECK(date("2005-01-03").week_of_year() == 1);
  CHECK(date("2006-01-01").week_of_year() == 52);
}

TEST_CASE("between two dates lie whole months in the direction of the second") {
  CHECK(months_between(date("2011-12-22"), date("2013-08-24")).to_string() == "P1Y8M");
  CHECK(months_between(date("2013-08-24"), date("2012-12-15")).to_string() == "-P8M");
  CHECK(months_between(date("2015-01-31"), date("2015-02-28")).to_string() == "P0M");
  CHECK(months_between(date("2015-02-28"), date("2015-01-31")).to_string() == "P0M");
}
