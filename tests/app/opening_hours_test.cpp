// SPDX-License-Identifier: Apache-2.0
#include "app/opening_hours.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

/// 2026-11-22 is a Sunday.
bool open_at(const OpeningHours& hours, const char* time) { return hours.open_at(parse_wall_time(time)); }

std::string fault_of(void (OpeningHours::*take)(std::string_view), const char* text) {
  OpeningHours hours;
  try {
    (hours.*take)(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("an office opens by the minute and closes by the minute, on its days") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.open("Sat,Sun 10:00-12:00");

  CHECK_FALSE(open_at(hours, "2026-11-23T08:59:59.999Z"));
  CHECK(open_at(hours, "2026-11-23T09:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-27T17:59:59.999Z"));
  CHECK_FALSE(open_at(hours, "2026-11-27T18:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-22T10:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-22T12:00:00.000Z"));
}

TEST_CASE("a night is two lines, and a week may turn") {
  OpeningHours hours;
  hours.open("Sat-Mon 20:00-24:00");
  hours.open("Sun-Tue 00:00-04:00");

  CHECK(open_at(hours, "2026-11-23T23:59:59.000Z"));
  CHECK(open_at(hours, "2026-11-24T00:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-24T20:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-21T03:00:00.000Z"));
}

TEST_CASE("hours are those of the place, and so are holidays") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.close("2026-11-24/2026-11-25");
  hours.close("2026-11-27");
  hours.set_zone(TimeZone::named("Asia/Shanghai"));

  CHECK(open_at(hours, "2026-11-23T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-23T10:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-24T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-25T09:59:00.000Z"));
  CHECK(open_at(hours, "2026-11-26T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-27T01:00:00.000Z"));
}

TEST_CASE("what is no opening hours is refused with an example") {
  const std::string expected =
      "expected days and times such as \"Mon-Fri 09:00-18:00\" or \"Sat,Sun 10:00-24:00\", got ";

  for (const char* text : {"", "always", "Mon-Fri", "Mon-Fry 09:00-18:00", "Mon, Tue 09:00-18:00",
                           "Mon 9:00-18:00", "Mon 09:00-24:01", "Mon 09:60-18:00", "Mon 09:00-18:00 "})
    CHECK(fault_of(&OpeningHours::open, text) == expected + '"' + text + '"');
  CHECK(fault_of(&OpeningHours::open, "Fri 20:00-02:00") ==
        "expected the first time to be before the second; a night is two lines, to 24:00 and from 00:00, got "
        "\"Fri 20:00-02:00\"");
}

TEST_CASE("what is no holiday is refused with an example") {
  const std::string expected =
      "expected a day such as \"2026-12-25\", or the first and the last such as \"2026-10-01/2026-10-07\", "
      "got ";

  for (const char* text : {"", "Christmas", "2026-02-30", "25.12.2026", "2026-10-07/2026-10-01"})
    CHECK(fault_of(&OpeningHours::close, text) == expected + '"' + text + '"');
}

}  // namespace vcsr
