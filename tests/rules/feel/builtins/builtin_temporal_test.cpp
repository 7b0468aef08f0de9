// SPDX-License-Identifier: Apache-2.0
#include "builtin_calls.hpp"

using namespace vcsr::feel;

TEST_CASE("a date is made of text, of its parts or of a date and time") {
  check_calls({
      {"date", {"-2017-12-31"}, "-2017-12-31"},
      {"date", {2017, 12, 31}, "2017-12-31"},
      {"date", {moment("2017-09-03T09:45:30@Europe/Paris")}, "2017-09-03"},
      {"date", {"2017-13-10"}, "'2017-13-10' is no date"},
      {"date", {2017, 13, 1}, "argument 1: expected year, month and day of the calendar, got a number"},
      {"date", {2017, number("1.5"), 1}, "argument 2: expected a whole number, got a number"},
      {"date", {1}, "argument 1: expected a date or a date and time, got a number"},
  });
}

TEST_CASE("a time is made of text, of its parts or of a date and time") {
  check_calls({
      {"time", {"11:22:33.444"}, "11:22:33.444"},
      {"time", {11, 59, number("45.5"), duration("-PT2H1M")}, "11:59:45.5-02:01"},
      {"time", {11, 59, 0, Value()}, "11:59:00"},
      {"time", {11, 59, 0}, "11:59:00"},
      {"time", {moment("2017-08-10T10:20:00@Europe/Paris")}, "10:20:00@Europe/Paris"},
      {"time", {date("2017-08-10")}, "00:00:00Z"},
      {"time", {24, 0, 0}, "argument 1: expected hour, minute and second of a day, got a number"},
      {"time",
       {12, 0, 0, duration("PT15H")},
       "argument 4: expected an offset of at most 14 hours or a zone, got a days and time duration"},
      {"time", {"25:00:00"}, "'25:00:00' is no time"},
      {"time", {2017}, "argument 1: expected a string, a date and time or a time, got a number"},
  });
}

TEST_CASE("a date and time is made of text, of both or of all parts") {
  check_calls({
      {"date and time", {"2017-08-10T10:20:00Z"}, "2017-08-10T10:20:00Z"},
      {"date and time", {"2018-12-08"}, "2018-12-08T00:00:00"},
      {"date and time", {date("2017-08-10"), time("23:59:01")}, "2017-08-10T23:59:01"},
      {"date and time", {moment("2017-08-10T10:20:00Z"), time("23:59:01")}, "2017-08-10T23:59:01"},
      {"date and time", {2017, 8, 10, 10, 20, 30}, "2017-08-10T10:20:30"},
      {"date and time", {2017, 8, 10, 10, 20, 30, duration("PT1H")}, "2017-08-10T10:20:30+01:00"},
      {"date and time", {2017, 8, 10, 10, 20, 30, "Asia/Dhaka"}, "2017-08-10T10:20:30@Asia/Dhaka"},
      {"date and time", {date("2017-08-10"), 5}, "argument 2: expected a time, got a number"},
      {"date and time", {"10:20:00"}, "'10:20:00' is no date and time"},
  });
}

TEST_CASE("durations are read or lie between dates") {
  check_calls({
      {"duration", {"P26M"}, "P2Y2M"},
      {"duration", {"PT24H"}, "P1D"},
      {"duration", {"P1Y1D"}, "'P1Y1D' is no duration"},
      {"years and months duration", {date("2011-12-22"), date("2013-08-24")}, "P1Y8M"},
      {"years and months duration", {date("2013-08-24"), moment("2012-12-15T00:00:00")}, "-P8M"},
  });
}

TEST_CASE("a day has its place in the calendar") {
  check_calls({
      {"day of year", {date("2019-09-17")}, "260"},
      {"day of week", {moment("2019-09-17T10:10:10")}, "Tuesday"},
      {"month of year", {date("2019-09-17")}, "September"},
      {"week of year", {date("2005-01-01")}, "53"},
      {"day of week", {"foo"}, "argument 1: expected a date or a date and time, got a string"},
  });
}

TEST_CASE("now is the moment of the evaluation in its zone, not that of a clock") {
  Evaluation shanghai({.now = 1'700'000'000'500'000'000, .zone = "Asia/Shanghai"});
  Evaluation utc({.now = -1});
  Evaluation nowhere({.zone = "Europe/Nowhere"});

  CHECK(to_string(call("now", {}, shanghai)) == "2023-11-15T06:13:20.5@Asia/Shanghai");
  CHECK(to_string(call("today", {}, shanghai)) == "2023-11-15");
  CHECK(to_string(call("now", {}, utc)) == "1969-12-31T23:59:59.999999999Z");
  CHECK(call("today", {}, nowhere).reason()->text == "no time zone 'Europe/Nowhere'");
}

TEST_CASE("equal values are the same only in the same zone") {
  check_calls({
      {"is", {time("23:00:50Z"), time("23:00:50+00:00")}, "true"},
      {"is", {time("23:00:50Z"), time("23:00:50")}, "false"},
      {"is", {moment("2018-10-08T00:00:00+02:00"), moment("2018-10-08T00:00:00@Europe/Paris")}, "false"},
      {"is", {date("2012-12-25"), time("23:00:50")}, "false"},
      {"is", {number("1.0"), 1}, "true"},
      {"is", {list({time("23:00:50Z")}), list({time("00:00:50+01:00")})}, "false"},
      {"is", {Context{{"a", 1}}, Context{{"a", 1}}}, "true"},
      {"is", {Value(), Value()}, "true"},
  });
}
