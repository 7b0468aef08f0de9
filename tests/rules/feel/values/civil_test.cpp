// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/values/civil.hpp"

#include <doctest/doctest.h>

using namespace vcsr::feel;

TEST_CASE("days are counted from 1970 in both directions and back") {
  CHECK(days_from_civil(1970, 1, 1) == 0);
  CHECK(days_from_civil(1969, 12, 31) == -1);
  CHECK(days_from_civil(2000, 3, 1) == 11017);
  CHECK(days_from_civil(0, 1, 1) == -719528);
  CHECK(days_from_civil(999'999'999, 12, 31) == 365'241'780'471);

  for (const std::int64_t days :
       {-365'243'219'892, -719'529L, -719'468L, -1L, 0L, 59L, 60L, 11'016L, 365'241'780'471}) {
    const auto civil = civil_from_days(days);
    CHECK(days_from_civil(civil.year, civil.month, civil.day) == days);
  }
}

TEST_CASE("February has its leap day every fourth year but in three of four centuries") {
  CHECK(days_in_month(2024, 2) == 29);
  CHECK(days_in_month(2023, 2) == 28);
  CHECK(days_in_month(1900, 2) == 28);
  CHECK(days_in_month(2000, 2) == 29);
  CHECK(days_in_month(-4, 2) == 29);
  CHECK(days_in_month(2023, 4) == 30);
  CHECK(days_in_month(2023, 12) == 31);
}

TEST_CASE("a division that rounds down leaves a rest that is not negative") {
  CHECK(floored(-1, 7).quotient == -1);
  CHECK(floored(-1, 7).rest == 6);
  CHECK(floored(-7, 7).quotient == -1);
  CHECK(floored(-7, 7).rest == 0);
  CHECK(floored(8, 7).rest == 1);
}
