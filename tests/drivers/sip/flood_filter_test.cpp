// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/flood_filter.hpp"

#include <array>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/rtp/system_address.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using vcsr::test::RawPhone;

namespace {

constexpr WallTime noon{std::chrono::seconds(1'767'225'600)};

/// A socket of the system's.
struct Socket {
  Socket(int type, const char* address)
      : descriptor(
            ::socket(ip_version(address) == IpVersion::v4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC, 0)) {
    const SystemAddress local(RtpAddress::parse(address, 0));
    REQUIRE(::bind(descriptor, &local.any, local.length) == 0);
  }
  explicit Socket(int descriptor) : descriptor(descriptor) {}
  Socket(const Socket&) = delete;
  ~Socket() { ::close(descriptor); }

  RtpAddress address() const {
    SystemAddress local;
    ::getsockname(descriptor, &local.any, &local.length);
    return local.read();
  }
  bool connect(const RtpAddress& to) const {
    const SystemAddress there(to);
    return ::connect(descriptor, &there.any, there.length) == 0;
  }
  bool waits(int milliseconds) const {
    pollfd ready{descriptor, POLLIN, 0};
    return ::poll(&ready, 1, milliseconds) == 1;
  }
  std::string receive() const {
    std::array<char, 100> text{};
    REQUIRE(waits(5000));
    return std::string(text.data(),
                       static_cast<std::size_t>(::recv(descriptor, text.data(), text.size(), 0)));
  }

  const int descriptor;
};

}  // namespace

TEST_CASE("what a host sends is dropped for half a minute, and what others send is not") {
  RawPhone listener(0);
  const auto port = static_cast<std::uint16_t>(std::stoi(listener.host().substr(10)));
  RawPhone good(port), bad(port, INADDR_LOOPBACK + 1), worse(port, INADDR_LOOPBACK + 2);
  FloodFilter filter(SOCK_DGRAM);
  filter.open("127.0.0.1", {port});

  CHECK(filter.drop("127.0.0.2", noon));
  CHECK(filter.drop("127.0.0.3", noon));
  CHECK_FALSE(filter.drop("127.0.0.2", noon));  // known already
  bad.send("bad");
  worse.send("worse");
  good.send("good");
  CHECK(listener.receive() == "good");
  filter.refresh(noon + FloodFilter::lasting - std::chrono::seconds(1));
  bad.send("bad");
  good.send("good again");
  CHECK(listener.receive() == "good again");
  filter.refresh(noon + FloodFilter::lasting);
  bad.send("better");
  CHECK(listener.receive() == "better");
}

TEST_CASE("of IPv6 the whole network of a host is dropped, beside as many others as there may be") {
  const Socket listener(SOCK_DGRAM, "::1"), sender(SOCK_DGRAM, "::1");
  FloodFilter filter(SOCK_DGRAM);
  filter.open("::1", {listener.address().port});
  REQUIRE(sender.connect(listener.address()));
  const auto say = [&](const std::string& text) { ::send(sender.descriptor, text.data(), text.size(), 0); };

  for (std::size_t i = 1; i < FloodFilter::most_hosts; ++i)
    REQUIRE(filter.drop("2001:db8:0:" + std::to_string(i) + "::1", noon));
  say("good");
  CHECK(listener.receive() == "good");
  CHECK(filter.drop("::abcd", noon + std::chrono::seconds(1)));
  say("bad");
  filter.refresh(noon + FloodFilter::lasting);
  say("still bad");
  filter.refresh(noon + FloodFilter::lasting + std::chrono::seconds(1));
  say("better");
  CHECK(listener.receive() == "better");
}

TEST_CASE("of whoever floods through connections all are cut, and no new ones are made") {
  const char *bad_host = "127.0.0.2", *good_host = "127.0.0.1";
  const Socket listener(SOCK_STREAM, good_host), bad(SOCK_STREAM, bad_host), good(SOCK_STREAM, good_host),
      late(SOCK_STREAM, bad_host), friendly(SOCK_STREAM, good_host);
  REQUIRE(::listen(listener.descriptor, 5) == 0);
  REQUIRE(bad.connect(listener.address()));
  REQUIRE(good.connect(listener.address()));
  const Socket from_bad(::accept4(listener.descriptor, nullptr, nullptr, SOCK_CLOEXEC)),
      from_good(::accept4(listener.descriptor, nullptr, nullptr, SOCK_CLOEXEC));
  FloodFilter filter(SOCK_STREAM);
  filter.open(good_host, {listener.address().port});

  CHECK(filter.drop(bad_host, noon));

  CHECK(from_bad.receive().empty());
  CHECK_FALSE(from_good.waits(0));
  ::fcntl(late.descriptor, F_SETFL, O_NONBLOCK);
  CHECK_FALSE(late.connect(listener.address()));
  CHECK(friendly.connect(listener.address()));
  pollfd made{late.descriptor, POLLOUT, 0};
  CHECK(::poll(&made, 1, 100) == 0);
}

TEST_CASE("without a socket, an address or room nothing is dropped") {
  RawPhone listener(0);
  FloodFilter nowhere(SOCK_DGRAM), filter(SOCK_DGRAM);
  nowhere.open("127.0.0.1", {1});
  filter.open("127.0.0.1", {static_cast<std::uint16_t>(std::stoi(listener.host().substr(10)))});

  CHECK_FALSE(nowhere.drop("127.0.0.2", noon));
  CHECK_FALSE(filter.drop("::1", noon));
  CHECK_FALSE(filter.drop("", noon));
  for (std::size_t i = 0; i < FloodFilter::most_hosts; ++i) filter.drop("10.0.0." + std::to_string(i), noon);
  CHECK_FALSE(filter.drop("127.0.0.2", noon));
}
