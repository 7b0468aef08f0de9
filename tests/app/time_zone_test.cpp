// SPDX-License-Identifier: Apache-2.0
#include "app/time_zone.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string local(const char* zone, const char* time) {
  return to_string(TimeZone::named(zone).local(parse_wall_time(time)));
}

std::string fault_of(const char* zone) {
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
  CHECK(local("Europe/Berlin", "2026-03-29T00:59:59.000Z") == "2026-03-29T01:59:59.000Z");
  CHECK(local("Europe/Berlin", "2026-03-29T01:00:00.000Z") == "2026-03-29T03:00:00.000Z");
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

TEST_CASE("a time zone that is none is refused with an example, and no other file is looked at") {
  const std::string advice =
      " in /usr/share/zoneinfo; expected one such as \"Asia/Shanghai\" (and the package tzdata)";

  CHECK(fault_of("China/Shanghai") == "there is no time zone \"China/Shanghai\"" + advice);
  CHECK(fault_of("../../../etc/passwd") == "there is no time zone \"../../../etc/passwd\"" + advice);
  CHECK(fault_of("/etc/passwd") == "there is no time zone \"/etc/passwd\"" + advice);
  CHECK(fault_of("zone.tab") ==
        "the time zone \"zone.tab\" cannot be read from the system's database; install tzdata anew");
}

TEST_CASE("a file of a time zone that was cut short is refused wherever it was cut") {
  std::string bytes("TZif2");
  bytes.append(15, '\0');
  const std::string counts({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4});
  const std::string block({0, 0, 14, 16, 0, 0, 'C', 'E', 'T', 0});
  bytes += counts + block + bytes + counts + block + "\nCET-1\n";

  CHECK(to_string(TimeZone::parse(bytes, "mine").local(parse_wall_time("2026-01-01T00:00:00.000Z"))) ==
        "2026-01-01T01:00:00.000Z");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK_THROWS_AS(TimeZone::parse(std::string_view(bytes).substr(0, size), "mine"), Error);
  }
}

}  // namespace vcsr
