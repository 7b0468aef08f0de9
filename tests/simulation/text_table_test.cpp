// SPDX-License-Identifier: Apache-2.0
#include "simulation/text_table.hpp"

#include <doctest/doctest.h>

using namespace vcsr;

TEST_CASE("a table for people has columns, one for programs has commas") {
  TextTable table({"begins", "agents"});
  table.add({"09:00", "7"});
  table.add({"a, \"b\"", "1,200"});

  CHECK(table.text() == "begins  agents\n 09:00       7\na, \"b\"   1,200\n");
  CHECK(table.csv() == "begins,agents\n09:00,7\n\"a, \"\"b\"\"\",\"1,200\"\n");
}

TEST_CASE("figures have so many digits as are asked for") {
  CHECK(fixed(12.345, 1) == "12.3");
  CHECK(fixed(7, 0) == "7");
  CHECK(percent(0.7949) == "79.5 %");
}
