// SPDX-License-Identifier: Apache-2.0
#include "calendar/time_zone.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string local(const char* zone, const char* time) {
  return to_string(TimeZone::named(zone).local(parse_wall_time(time)));
}

std::string fault_of(const std::string& zone) {
  try {
    TimeZone::named(zone);
  } catch (const Error& error) {
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("clocks of a place show its own time, in summer another") {
  CHECK(local("Asia/Shanghai", "2026-11-22T01:00:00.000Z") == "2026-11-22T09:00:00.000Z");
  CHECK(local("Europe/Berlin", "2026-01-01T12:00:00.000Z") == "2026-01-01T13:00:00.000Z");
  CHECK(local("Europe/Berlin", "2026-07-01T12:00:00.000Z") == "2026-07-01T14:00:00.000Z");
  CHECK(local("Asia/Kolkata", "2026-11-22T20:00:00.000Z") == "2026-11-23T01:30:00.000Z");
  CHECK(local("Etc/UTC", "2026-11-22T20:00:00.500Z") == "2026-11-22T20:00:00.500Z");
}

TEST_CASE("after the years that the database lists its rule holds") {
  CHECK(local("Europe/Berlin", "2090-03-26T00:59:59.000Z") == "2090-03-26T01:59:59.000Z");
  CHECK(local("Europe/Berlin", "2090-03-26T01:00:00.000Z") == "2090-03-26T03:00:00.000Z");
  CHECK(local("Australia/Sydney", "2090-01-01T00:00:00.000Z") == "2090-01-01T11:00:00.000Z");
  CHECK(local("Australia/Sydney", "2090-07-01T00:00:00.000Z") == "2090-07-01T10:00:00.000Z");
  CHECK(local("Asia/Shanghai", "2090-07-01T00:00:00.000Z") == "2090-07-01T08:00:00.000Z");
}

TEST_CASE("an hour that summer time leaves out is on no clock, and one that it repeats is there twice") {
  CHECK(local("Europe/Berlin", "2026-03-29T00:59:59.999Z") == "2026-03-29T01:59:59.999Z");
  CHECK(local("Europe/Berlin", "2026-03-29T01:00:00.000Z") == "2026-03-29T03:00:00.000Z");

  CHECK(local("Europe/Berlin", "2026-10-25T00:30:00.000Z") == "2026-10-25T02:30:00.000Z");
  CHECK(local("Europe/Berlin", "2026-10-25T01:30:00.000Z") == "2026-10-25T02:30:00.000Z");
}

TEST_CASE(
    "a clock's time is a moment again: the first or the second of two, or when the clock was set forward") {
  const TimeZone berlin = TimeZone::named("Europe/Berlin");
  const auto absolute = [&berlin](const char* local, TimeZone::Twice twice) {
    return to_string(berlin.absolute(parse_wall_time(local), twice));
  };

  CHECK(absolute("2026-07-01T12:00:00.250Z", TimeZone::Twice::first) == "2026-07-01T10:00:00.250Z");
  CHECK(absolute("2026-10-25T02:30:00.000Z", TimeZone::Twice::first) == "2026-10-25T00:30:00.000Z");
  CHECK(absolute("2026-10-25T02:30:00.000Z", TimeZone::Twice::second) == "2026-10-25T01:30:00.000Z");
  CHECK(absolute("2026-03-29T02:30:00.000Z", TimeZone::Twice::first) == "2026-03-29T01:00:00.000Z");
  CHECK(absolute("2026-03-29T02:30:00.000Z", TimeZone::Twice::second) == "2026-03-29T01:00:00.000Z");
}

TEST_CASE("a time zone that is none is refused with an example, and no other file is looked at") {
  const std::string advice =
      " in the system's database; expected one such as \"Asia/Shanghai\" (and the package tzdata)";

  for (const std::string name :
       {"China/Shanghai", "Asia", "zone.tab", "../../../etc/passwd", "/etc/passwd", "libc:localtime"})
    CHECK(fault_of(name) == "there is no time zone \"" + name + "\"" + advice);
}

}  // namespace vcsr
