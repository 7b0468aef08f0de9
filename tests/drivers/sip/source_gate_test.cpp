// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/source_gate.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};

int admitted(SourceGate& gate, const std::string& host, int requests, WallTime now) {
  int count = 0;
  for (int i = 0; i < requests; ++i) count += gate.admit(host, now);
  return count;
}

}  // namespace

TEST_CASE("a host may send twice its share at once, and then its share") {
  SourceGate gate(10);

  CHECK(admitted(gate, "192.0.2.1", 100, noon) == 20);
  CHECK(admitted(gate, "192.0.2.2", 100, noon) == 20);
  CHECK(admitted(gate, "192.0.2.1", 100, noon + 500ms) == 5);
  CHECK(admitted(gate, "192.0.2.1", 100, noon + 60s) == 20);
  CHECK(admitted(gate, "192.0.2.1", 100, noon) == 0);
}

TEST_CASE("without a limit everything is admitted and nothing is kept") {
  SourceGate gate(0);

  CHECK(admitted(gate, "192.0.2.1", 1000, noon) == 1000);
  CHECK(gate.size() == 0);
}

TEST_CASE("many hosts do not fill the memory") {
  SourceGate gate(1);
  for (std::size_t i = 0; i < SourceGate::most_hosts + 100; ++i) gate.admit(std::to_string(i), noon);
  CHECK(gate.size() == SourceGate::most_hosts);

  gate.admit("192.0.2.1", noon + 10s);
  CHECK(gate.size() == 1);
}

TEST_CASE("a host that goes on although it is refused floods, until it has been quiet") {
  SourceGate gate(10);
  admitted(gate, "192.0.2.1", 50, noon);
  CHECK_FALSE(gate.floods("192.0.2.1"));

  admitted(gate, "192.0.2.1", 1, noon);
  CHECK(gate.floods("192.0.2.1"));
  CHECK_FALSE(gate.floods("192.0.2.2"));
  gate.admit("192.0.2.1", noon + 2s);
  CHECK_FALSE(gate.floods("192.0.2.1"));
}
