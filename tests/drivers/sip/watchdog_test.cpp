// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/watchdog.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "vcsr/sim/sim_loop.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  SimLoop loop;
  std::vector<std::string> lines;
  std::uint64_t ticks = 0;
  Watchdog watchdog{loop, [this] { return ticks; },
                    Log(loop, {.sink = [this](std::string_view line) { lines.emplace_back(line); }})};
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a thread that ticks is left in peace") {
  Fixture world;

  for (int i = 0; i < 10; ++i) {
    ++world.ticks;
    world.loop.run_for(5s);
  }

  CHECK(world.watchdog.trouble().empty());
  CHECK(world.lines.empty());
}

TEST_CASE("a thread that stands still is told of once, and once when it goes on") {
  Fixture world;

  world.loop.run_for(5s);
  CHECK(holds(world.watchdog.trouble(), "the SIP stack has stood still for 5 s"));
  world.loop.run_for(10s);
  CHECK(holds(world.watchdog.trouble(), "stood still for 15 s"));
  REQUIRE(world.lines.size() == 1);
  CHECK(holds(world.lines[0], "stood still for 5 s"));

  ++world.ticks;
  world.loop.run_for(5s);
  CHECK(world.watchdog.trouble().empty());
  REQUIRE(world.lines.size() == 2);
  CHECK(holds(world.lines[1], "goes on"));
}

TEST_CASE("nobody looks any more when the watchdog is gone") {
  SimLoop loop;
  int looks = 0;
  {
    const Watchdog watchdog(
        loop, [&looks] { return static_cast<std::uint64_t>(++looks); }, Log());
  }

  loop.run_for(60s);

  CHECK(looks == 1);
}
