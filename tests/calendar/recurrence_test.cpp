// SPDX-License-Identifier: Apache-2.0
#include "calendar/recurrence.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "thrown.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using std::chrono::sys_days;

/// Those of one year, as "0501 1001".
std::string in_year(std::vector<sys_days> days, int year) {
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  std::string text;
  for (const sys_days day : days) {
    const std::chrono::year_month_day date(day);
    if (date.year() != std::chrono::year(year)) continue;
    const unsigned number = unsigned{date.month()} * 100 + unsigned{date.day()};
    text += (text.empty() ? "" : " ") + std::string(number < 1000 ? "0" : "") + std::to_string(number);
  }
  return text;
}

std::string refusal_of_rule(const char* text) {
  return thrown(Error::Code::invalid, [&] { days_of_rule(text); });
}

std::string calendar_with(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bank//EN\r\n" + events + "END:VCALENDAR\r\n";
}

std::string refusal_of_calendar(const std::string& text) {
  return thrown(Error::Code::invalid, [&] { days_of_calendar(text); });
}

}  // namespace

TEST_CASE("rules of RFC 5545 name the same days every year") {
  CHECK(in_year(days_of_rule("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"), 2031) == "0501");
  CHECK(in_year(days_of_rule("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), 2026) == "1126");
  CHECK(in_year(days_of_rule("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), 2026) == "0525");
  CHECK(in_year(days_of_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), 2027).empty());
  CHECK(in_year(days_of_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), 2028) == "0229");
}

TEST_CASE("a rule that depends on its first day has one, and days may be added and left out") {
  CHECK(in_year(days_of_rule("DTSTART:20261123 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO EXDATE:20261207 "
                             "RDATE:20261208,20261209"),
                2026) == "1123 1208 1209 1221");
  CHECK(in_year(days_of_rule("DTSTART:20261201 RRULE:FREQ=DAILY;COUNT=3"), 2026) == "1201 1202 1203");
  CHECK(in_year(days_of_rule("DTSTART;VALUE=DATE:20261130 RRULE:FREQ=DAILY;UNTIL=20261202"), 2026) ==
        "1130 1201 1202");
  CHECK(in_year(days_of_rule("RDATE:20260101,20260501"), 2026) == "0101 0501");
}

TEST_CASE("the days of the Chinese calendar are found by RFC 7529") {
  const std::vector<sys_days> new_year = days_of_rule("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1");
  const std::vector<sys_days> autumn = days_of_rule("RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15");

  CHECK(in_year(new_year, 2025) == "0129");
  CHECK(in_year(new_year, 2026) == "0217");
  CHECK(in_year(autumn, 2026) == "0925");
}

TEST_CASE("a rule that is none, or says nothing about days, is refused with what is wrong") {
  CHECK(refusal_of_rule("FREQ=OFTEN").starts_with("\"FREQ=OFTEN\": "));
  CHECK(refusal_of_rule("FREQ=OFTEN").find("RRULE") != std::string::npos);
  CHECK(refusal_of_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") ==
        "\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\": names no day from 1970 to 2099");
  CHECK(refusal_of_rule("FREQ=YEARLY") ==
        "\"FREQ=YEARLY\": depends on its first day: put one in front, such as \"DTSTART:20260105 "
        "RRULE:FREQ=…\"");
  CHECK(refusal_of_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").find("depends on its first day") !=
        std::string::npos);
  CHECK(refusal_of_rule("FREQ=HOURLY;BYDAY=MO") ==
        "\"FREQ=HOURLY;BYDAY=MO\": expected FREQ=YEARLY, MONTHLY, WEEKLY or DAILY");
  CHECK(refusal_of_rule("FREQ=DAILY;BYHOUR=9") ==
        "\"FREQ=DAILY;BYHOUR=9\": BYHOUR, BYMINUTE and BYSECOND say nothing about days");
  CHECK(refusal_of_rule("DTSTART:20260105 EVERY=MO") ==
        "expected DTSTART, RRULE, RDATE or EXDATE, got \"EVERY=MO\"");
  CHECK(refusal_of_rule("DTSTART:20260105\r\nEND:VEVENT") ==
        "\"DTSTART:20260105\r\nEND:VEVENT\": expected blanks between its properties, not lines");
}

TEST_CASE("the events of a calendar are holidays, over all of their days and in every year of their rule") {
  const std::string calendar = calendar_with(
      "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:National Day\r\nDTSTART;VALUE=DATE:20261001\r\n"
      "DTEND;VALUE=DATE:20261004\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20201225\r\nDURATION:P2D\r\n"
      "RRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20271225\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:3\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260601\r\nEND:VEVENT\r\n");

  CHECK(in_year(days_of_calendar(calendar), 2026) == "1001 1002 1003 1225 1226");
  CHECK(in_year(days_of_calendar(calendar), 2027).empty());
  CHECK(in_year(days_of_calendar(calendar + calendar), 2028) == "1225 1226");
}

TEST_CASE("a calendar that is none, or has what is no day, is refused by the event's name") {
  CHECK(refusal_of_calendar("Christmas: 25 December") ==
        "expected an iCalendar (RFC 5545: BEGIN:VCALENDAR) with events");
  CHECK(refusal_of_calendar(calendar_with("")) == refusal_of_calendar(""));
  CHECK(refusal_of_calendar(calendar_with("BEGIN:VEVENT\r\nSUMMARY:Team lunch\r\nDTSTART:20261001T120000Z\r\n"
                                          "END:VEVENT\r\n")) ==
        "the event \"Team lunch\": has times of day; expected whole days (DTSTART;VALUE=DATE:20261225)");
  CHECK(refusal_of_calendar(calendar_with("BEGIN:VEVENT\r\nUID:7\r\nDTSTART;VALUE=DATE:20261001\r\n"
                                          "RRULE:FREQ=OFTEN\r\nEND:VEVENT\r\n"))
            .starts_with("the event \"7\": "));
  CHECK(refusal_of_calendar(calendar_with("BEGIN:VEVENT\r\nUID:8\r\nEND:VEVENT\r\n")) ==
        "the event \"8\": has a date that is none");
  CHECK(refusal_of_calendar(calendar_with("BEGIN:VEVENT\r\nUID:9\r\nDTSTART;VALUE=DATE:20261001\r\n"
                                          "RECURRENCE-ID;VALUE=DATE:20261002\r\nEND:VEVENT\r\n")) ==
        "the event \"9\": takes the place of another event's day (RECURRENCE-ID); expected events of their "
        "own");
}

}  // namespace vcsr
