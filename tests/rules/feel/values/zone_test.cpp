// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/zone.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace vcsr::feel;

namespace {

constexpr std::int64_t noon_in_july = 1'625'140'800;  // 2021-07-01T12:00:00

}  // namespace

TEST_CASE("a zone is written as it was read") {
  for (const char* text :
       {"", "Z", "+05:30", "-00:30", "+02:45:55", "-14:00", "@Europe/Paris", "@Etc/GMT+5"}) {
    const auto zone = Zone::parse(text);
    REQUIRE_MESSAGE(zone.has_value(), text);
    CHECK(zone->to_string() == text);
  }
  CHECK(Zone::parse("+00:00") == Zone::utc());
}

TEST_CASE("names are those of the database, none leads out of its folder") {
  for (const char* name :
       {"", "Europe", "Europe/Nowhere", "../UTC", "/etc/localtime", "localtime", "Europe/Paris "}) {
    CHECK_FALSE_MESSAGE(Zone::named(name).has_value(), name);
  }
  CHECK(Zone::named("Europe/Paris")->name() == "Europe/Paris");
  CHECK(Zone::utc().name().empty());
}

TEST_CASE("the offset of a zone follows its clocks") {
  const auto paris = *Zone::named("Europe/Paris");

  CHECK(paris.offset_at(noon_in_july) == 7200);
  CHECK(paris.offset_at_local(noon_in_july) == 7200);
  CHECK(paris.usual_offset() == 3600);
  CHECK(Zone::named("Australia/Melbourne")->usual_offset() == 36000);
  CHECK(Zone::of_offset(-3600)->offset_at(noon_in_july) == -3600);
  CHECK_FALSE(Zone().offset_at(noon_in_july).has_value());
}

TEST_CASE("a time that clocks leave out or show twice has the offset from before") {
  const auto paris = *Zone::named("Europe/Paris");

  CHECK(paris.offset_at_local(1'616'898'600) == 3600);  // 2021-03-28T02:30:00 is left out
  CHECK(paris.offset_at_local(1'635'647'400) == 7200);  // 2021-10-31T02:30:00 is shown twice
}
