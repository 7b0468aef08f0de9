// SPDX-License-Identifier: Apache-2.0
// What users of other systems miss in business hours: each is named by the thread in which they do.
#include <doctest/doctest.h>

#include "vcsr/opening_hours.hpp"

using namespace vcsr;

namespace {

bool open_at(const OpeningHours& hours, const char* time) { return hours.open_at(parse_wall_time(time)); }

}  // namespace

TEST_CASE("chatwoot/chatwoot#14009, #9798: a lunch break is outside of the hours") {
  OpeningHours hours;
  hours.open("Mon-Fri 08:00-12:00,13:30-18:00");

  CHECK(open_at(hours, "2026-11-23T11:59:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-23T12:30:00.000Z"));
  CHECK(open_at(hours, "2026-11-23T13:30:00.000Z"));
}

TEST_CASE("chatwoot/chatwoot#5254: hours go past midnight") {
  OpeningHours hours;
  hours.open("Mon-Sun 21:00-02:00");

  CHECK(open_at(hours, "2026-11-23T01:59:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-23T02:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-23T21:00:00.000Z"));
}

TEST_CASE("chatwoot/chatwoot#6467, #10436: holidays and days with hours of their own, in the place's zone") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.close("2026-12-25/2026-12-26");
  hours.except("2026-12-24 09:00-12:00");
  hours.set_zone("Europe/Bucharest");

  CHECK_FALSE(open_at(hours, "2026-12-25T08:00:00.000Z"));
  CHECK(open_at(hours, "2026-12-24T07:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-12-24T10:00:00.000Z"));
  CHECK(open_at(hours, "2026-12-28T15:59:00.000Z"));
}

TEST_CASE("RocketChat/feature-requests#303: a meeting of everybody closes for a few hours of one day") {
  OpeningHours hours;
  hours.open("Mon-Fri 09:00-18:00");
  hours.except("2026-11-25 09:00-13:00,16:00-18:00");

  CHECK(open_at(hours, "2026-11-25T12:00:00.000Z"));
  CHECK_FALSE(open_at(hours, "2026-11-25T14:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-25T16:00:00.000Z"));
  CHECK(open_at(hours, "2026-11-26T14:00:00.000Z"));
}
