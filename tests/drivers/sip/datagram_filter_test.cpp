// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/datagram_filter.hpp"

#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using vcsr::test::RawPhone;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};

}  // namespace

TEST_CASE("what a host sends is dropped for half a minute, and what others send is not") {
  RawPhone listener(0);
  const auto port = static_cast<std::uint16_t>(std::stoi(listener.host().substr(10)));
  RawPhone good(port), bad(port, INADDR_LOOPBACK + 1), worse(port, INADDR_LOOPBACK + 2);
  DatagramFilter filter;
  filter.open("127.0.0.1", port);

  CHECK(filter.drop("127.0.0.2", noon));
  CHECK(filter.drop("127.0.0.3", noon));
  bad.send("bad");
  worse.send("worse");
  good.send("good");
  CHECK(listener.receive() == "good");
  filter.refresh(noon + DatagramFilter::lasting - std::chrono::seconds(1));
  bad.send("bad");
  good.send("good again");
  CHECK(listener.receive() == "good again");
  filter.refresh(noon + DatagramFilter::lasting);
  bad.send("better");
  CHECK(listener.receive() == "better");
}

TEST_CASE("without a socket, an address or room nothing is dropped") {
  RawPhone listener(0);
  DatagramFilter nowhere, filter;
  nowhere.open("127.0.0.1", 1);
  filter.open("127.0.0.1", static_cast<std::uint16_t>(std::stoi(listener.host().substr(10))));

  CHECK_FALSE(nowhere.drop("127.0.0.2", noon));
  CHECK_FALSE(filter.drop("::1", noon));
  for (std::size_t i = 0; i < DatagramFilter::most_hosts; ++i)
    filter.drop("10.0.0." + std::to_string(i), noon);
  CHECK_FALSE(filter.drop("127.0.0.2", noon));
}
