// SPDX-License-Identifier: Apache-2.0
#include "vcsr/base/loop.hpp"

#include <doctest/doctest.h>

#include <cctype>
#include <string>

#include "vcsr/sim/sim_loop.hpp"

using namespace std::chrono_literals;

TEST_CASE("a new id is a UUID of version 7 and says when it was made") {
  vcsr::SimLoop loop(1, vcsr::WallTime(0x0123456789abms));

  const std::string id = loop.new_id();

  REQUIRE(id.size() == 36);
  CHECK(id.substr(0, 19) == "01234567-89ab-7000-");
  CHECK(std::string("89ab").find(id[19]) != std::string::npos);
  CHECK(id[23] == '-');
  for (std::size_t i = 0; i < id.size(); ++i)
    CHECK((i == 8 || i == 13 || i == 18 || i == 23 ? id[i] == '-' : std::isxdigit(id[i]) != 0));
}

TEST_CASE("ids rise strictly, within a microsecond and beyond it, also when the clock stands still") {
  vcsr::SimLoop loop;
  std::string last;

  for (int i = 0; i < 20'000; ++i) {
    const std::string id = loop.new_id();
    REQUIRE(id > last);
    last = id;
    if (i % 5000 == 4999) loop.run_for(1us);
  }
}
