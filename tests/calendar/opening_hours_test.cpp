// SPDX-License-Identifier: Apache-2.0
#include "vcsr/opening_hours.hpp"

#include <doctest/doctest.h>

#include "thrown.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

WallTime at(const char* time) { return parse_wall_time(time); }

/// 2026-11-22 is a Sunday.
bool open_at(const OpeningHours& hours, const char* time) { return hours.open_at(at(time)); }

std::string text(const std::optional<WallTime>& time) { return time ? to_string(*time) : "never"; }

std::string refusal_of(void (OpeningHours::*take)(std::string_view), const char* text) {
  OpeningHours hours;
  return thrown(Error::Code::invalid, [&] { (hours.*take)(text); });
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

TEST_CASE("a day has several periods, and lines add up") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-12:00,13:00-18:00");
  hours.open("Wed 18:30-20:00");

  CHECK(open_at(hours, "2026-11-25T11:59:59.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-25T12:30:00.000Z"));
  CHECK(open_at(hours, "2026-11-25T13:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-25T19:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-26T19:00:00.000Z"));
}

TEST_CASE("a night belongs to the day on which it begins, holiday or not") {
  OpeningHours hours;
  hours.open("Fri,Sat 20:00-02:00");
  hours.close("2026-11-28");

  CHECK(open_at(hours, "2026-11-28T01:59:59.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-28T02:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-28T21:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-29T01:00:00.000Z"));
  CHECK(open_at(hours, "2026-12-06T01:00:00.000Z"));
}

TEST_CASE("hours are those of the place, and so are holidays") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.close("2026-11-24/2026-11-25");
  hours.close("2026-11-27");
  hours.set_zone("Asia/Shanghai");

  CHECK(open_at(hours, "2026-11-23T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-23T10:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-24T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-25T09:59:00.000Z"));
  CHECK(open_at(hours, "2026-11-26T01:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-27T01:00:00.000Z"));
}

TEST_CASE("the first of May is a holiday every year") {
  OpeningHours hours;
  hours.open("Mon-Sun 00:00-24:00");
  hours.close("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1");

  for (const char* day : {"1970-05-01T12:00:00.000Z", "2026-05-01T00:00:00.000Z", "2099-05-01T23:59:59.000Z"})
    CHECK_FALSE(open_at(hours, day));
  CHECK(open_at(hours, "2026-04-30T23:59:59.999Z"));
  CHECK(open_at(hours, "2026-05-02T00:00:00.000Z"));
}

TEST_CASE("an exception opens on a holiday, with its own times and no others") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.close("2026-10-01/2026-10-07");
  hours.except("2026-10-07 10:00-12:00");
  hours.except("2026-10-10 09:00-12:00,13:00-17:00");
  hours.except("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 09:00-12:00");

  CHECK(open_at(hours, "2026-10-07T11:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-10-07T14:00:00.000Z"));
  CHECK(open_at(hours, "2026-10-10T16:59:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-10-17T16:00:00.000Z"));
  CHECK(open_at(hours, "2027-12-24T11:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2027-12-24T12:00:00.000Z"));
}

TEST_CASE("where clocks are set forward the hour that is left out is open to nobody") {
  OpeningHours hours;
  hours.set_zone("Europe/Berlin");
  hours.open("Sun 01:00-04:00");
  hours.open("Sat 22:00-23:00");

  CHECK(text(hours.next_opening(at("2026-03-28T22:00:00.000Z"))) == "2026-03-29T00:00:00.000Z");
  CHECK(text(hours.next_closing(at("2026-03-29T00:00:00.000Z"))) == "2026-03-29T02:00:00.000Z");

  OpeningHours within;
  within.set_zone("Europe/Berlin");
  within.open("Sun 02:00-03:00");
  CHECK(text(within.next_opening(at("2026-03-28T00:00:00.000Z"))) == "2026-04-05T00:00:00.000Z");
  within.open("Sun 02:30-05:00");
  CHECK(text(within.next_opening(at("2026-03-28T00:00:00.000Z"))) == "2026-03-29T01:00:00.000Z");
}

TEST_CASE("where clocks are set back the hour that comes twice is one opening, not two") {
  OpeningHours hours;
  hours.set_zone("Europe/Berlin");
  hours.open("Sat 22:00-02:30");

  CHECK(text(hours.next_opening(at("2026-10-24T12:00:00.000Z"))) == "2026-10-24T20:00:00.000Z");
  CHECK(open_at(hours, "2026-10-25T00:45:00.000Z"));
  CHECK(text(hours.next_closing(at("2026-10-25T00:00:00.000Z"))) == "2026-10-25T01:30:00.000Z");

  OpeningHours early;
  early.set_zone("Europe/Berlin");
  early.open("Sun 02:30-03:00");
  CHECK(text(early.next_opening(at("2026-10-25T00:00:00.000Z"))) == "2026-10-25T00:30:00.000Z");
  CHECK(text(early.next_closing(at("2026-10-25T00:30:00.000Z"))) == "2026-10-25T02:00:00.000Z");
}

TEST_CASE("a zone without summer time opens at the same moment all the year") {
  for (const char* zone : {"Asia/Shanghai", "Asia/Kolkata"}) {
    OpeningHours hours;
    hours.set_zone(zone);
    hours.open("Mon-Sun 09:00-18:00");

    for (const char* day : {"2026-03-28T20:00:00.000Z", "2026-10-24T20:00:00.000Z"}) {
      const std::optional<WallTime> first = hours.next_opening(at(day));
      const std::optional<WallTime> second = hours.next_opening(*first + std::chrono::hours(12));
      CHECK(*second - *first == std::chrono::hours(24));
    }
  }
}

TEST_CASE("the next opening is looked for over nights, weekends and holidays") {
  OpeningHours hours;
  hours.set_zone("Asia/Shanghai");
  hours.open("Mon-Fri 09:00-18:00");
  hours.close("2026-11-23");

  CHECK(text(hours.next_opening(at("2026-11-20T09:30:00.000Z"))) == "2026-11-20T09:30:00.000Z");
  CHECK(text(hours.next_opening(at("2026-11-20T10:00:00.000Z"))) == "2026-11-24T01:00:00.000Z");
  CHECK(hours.local(at("2026-11-24T01:30:00.000Z")).since_midnight == std::chrono::minutes(570));
  CHECK(text(OpeningHours().next_opening(at("2026-11-20T10:00:00.000Z"))) == "never");
}

TEST_CASE("the next closing is that of all periods that touch") {
  OpeningHours hours;
  hours.open("Mon 09:00-24:00");
  hours.open("Tue 00:00-04:00,03:00-05:00");
  OpeningHours always;
  always.open("Mon-Sun 00:00-24:00");

  CHECK(text(hours.next_closing(at("2026-11-23T10:00:00.000Z"))) == "2026-11-24T05:00:00.000Z");
  CHECK(text(hours.next_closing(at("2026-11-24T05:00:00.000Z"))) == "2026-11-24T05:00:00.000Z");
  CHECK(text(always.next_closing(at("2026-11-23T10:00:00.000Z"))) == "never");
}

TEST_CASE("a copy goes its own way") {
  OpeningHours hours;
  hours.open("Mon 09:00-18:00");
  OpeningHours copy = hours;
  copy.close("2026-11-23");

  CHECK(open_at(hours, "2026-11-23T10:00:00.000Z"));
  CHECK_FALSE(open_at(copy, "2026-11-23T10:00:00.000Z"));
}

TEST_CASE("what is no opening hours is refused with an example") {
  const std::string expected =
      "expected days and times such as \"Mon-Fri 09:00-12:00,13:00-18:00\" or \"Sat,Sun 20:00-02:00\", got ";

  for (const char* text :
       {"", "always", "Mon-Fri", "Mon-Fry 09:00-18:00", "Mon, Tue 09:00-18:00", "Mon 9:00-18:00",
        "Mon 09:00-24:01", "Mon 09:60-18:00", "Mon 09:00-18:00 ", "Mon 09:00-09:00", "Mon 24:00-02:00",
        "Mon 20:00-00:00", "Mon 09:00-12:00,", "Mon, 09:00-12:00"})
    CHECK(refusal_of(&OpeningHours::open, text) == expected + '"' + text + '"');
}

TEST_CASE("what is no exception is refused with an example") {
  const std::string expected =
      "expected days and the times of these days such as \"2026-12-24 09:00-12:00\", got ";

  for (const char* text : {"", "2026-12-24", "2026-12-24 9-12"})
    CHECK(refusal_of(&OpeningHours::except, text) == expected + '"' + text + '"');
  CHECK(
      refusal_of(&OpeningHours::except, "24.12. 09:00-12:00") ==
      "expected a day such as \"2026-12-25\", the first and the last such as \"2026-10-01/2026-10-07\", or a "
      "rule such as \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1\", got \"24.12.\"");
}

}  // namespace vcsr
