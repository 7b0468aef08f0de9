// SPDX-License-Identifier: Apache-2.0
#include "app/hours_section.hpp"

#include <doctest/doctest.h>

#include "app/faults_of.hpp"
#include "temporary_folder.hpp"

namespace vcsr {

TEST_CASE("a number has its hours and the mailbox for outside of them") {
  const Config config = parse_config(R"(
[[mailbox]]
name = "service"
[[hours]]
name = "office"
open = ["Mon-Fri 09:00-18:00", "Sat 10:00-14:00"]
holidays = ["2026-12-25"]
time_zone = "Europe/Berlin"
[[number]]
dial = "100"
flow = "answer"
hours = "office"
closed_mailbox = "service"
)",
                                     "bank.toml", "/srv/bank");

  REQUIRE(config.hours.size() == 1);
  CHECK(config.hours[0].hours.open_at(parse_wall_time("2026-11-23T08:00:00.000Z")));
  CHECK_FALSE(config.hours[0].hours.open_at(parse_wall_time("2026-11-23T07:59:00.000Z")));
  CHECK_FALSE(config.hours[0].hours.open_at(parse_wall_time("2026-12-25T09:00:00.000Z")));
  CHECK(config.numbers.at(0).hours == "office");
  CHECK(config.numbers.at(0).closed_mailbox == "service");
  CHECK(config.numbers.at(0).settings.size() == 1);
}

TEST_CASE("each fault of opening hours is told by line and key") {
  const std::string faults = faults_of(R"([[hours]]
open = ["Mon-Fri 9-18"]
holidays = ["Christmas"]
time_zone = "Berlin"
opens = "09:00"
[[hours]]
name = "never"
open = []
)");

  CHECK(faults ==
        "bank.toml:1: hours.name: is missing\n"
        "bank.toml:2: hours.open: expected days and times such as \"Mon-Fri 09:00-12:00,13:00-18:00\" or "
        "\"Sat,Sun 20:00-02:00\", got \"Mon-Fri 9-18\"\n"
        "bank.toml:2: hours.open: expected at least one line such as \"Mon-Fri 09:00-18:00\"\n"
        "bank.toml:3: hours.holidays: expected a day such as \"2026-12-25\", the first and the last such as "
        "\"2026-10-01/2026-10-07\", or a rule such as \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1\", got "
        "\"Christmas\"\n"
        "bank.toml:4: hours.time_zone: there is no time zone \"Berlin\" in the system's database; expected "
        "one such as \"Asia/Shanghai\" (and the package tzdata)\n"
        "bank.toml:5: hours.opens: unknown key; did you mean \"open\"?\n"
        "bank.toml:8: hours.open: expected at least one line such as \"Mon-Fri 09:00-18:00\"");
}

TEST_CASE("holidays come from calendar files, and exceptions open on them") {
  const TemporaryFolder folder;
  folder.write("china.ics",
               "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Holiday\r\n"
               "DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261008\r\n"
               "END:VEVENT\r\nEND:VCALENDAR\r\n");
  const Config config = parse_config(R"([[hours]]
name = "office"
open = ["Mon-Fri 09:00-18:00"]
calendars = ["china.ics"]
exceptions = ["2026-10-05 09:00-10:00"]
time_zone = "Etc/UTC"
)",
                                     "bank.toml", folder.path());

  const OpeningHours& hours = config.hours.at(0).hours;
  CHECK_FALSE(hours.open_at(parse_wall_time("2026-10-06T09:30:00.000Z")));
  CHECK(hours.open_at(parse_wall_time("2026-10-05T09:30:00.000Z")));
  CHECK(config.hours.at(0).place.line == 1);
}

TEST_CASE("hours that never open, and calendars that are none, are refused where they stand") {
  CHECK(faults_of("[[hours]]\nname = \"a\"\nopen = [\"Mon 09:00-10:00\"]\nholidays = "
                  "[\"FREQ=WEEKLY;BYDAY=MO\"]\n") ==
        "bank.toml:4: hours.holidays: every day of \"open\" is a holiday: these hours never open");
  CHECK(faults_of("[[hours]]\nname = \"a\"\nopen = [\"Mon 09:00-10:00\"]\ncalendars = [\"none.ics\"]\n") ==
        "bank.toml:4: hours.calendars: /srv/bank/none.ics: there is no file /srv/bank/none.ics");
}

TEST_CASE("hours without a mailbox, or either that is not there, are faults of the number") {
  CHECK(
      faults_of("[[number]]\ndial = \"1\"\nflow = \"answer\"\nhours = \"office\"\n") ==
      "bank.toml:4: number.hours: expected closed_prompt or closed_mailbox beside it, for callers outside of "
      "them\n"
      "bank.toml:4: number.hours: there is no [[hours]] named \"office\"; there are: none");
  CHECK(faults_of("[[mailbox]]\nname = \"sales\"\n[[number]]\ndial = \"1\"\nflow = \"answer\"\n"
                  "closed_mailbox = \"sale\"\n") ==
        "bank.toml:6: number.closed_mailbox: expected hours beside it: the name of a [[hours]] section\n"
        "bank.toml:6: number.closed_mailbox: there is no [[mailbox]] named \"sale\"; there are: sales");
  CHECK(faults_of(
            "[[hours]]\nname = \"a\"\nopen = [\"Mon 09:00-10:00\"]\n[[hours]]\nname = \"a\"\nopen = [\"Tue "
            "09:00-10:00\"]\n") == "bank.toml:5: hours.name: \"a\" was given in line 2 already");
}

}  // namespace vcsr
