// SPDX-License-Identifier: Apache-2.0
// What comes over a TCP connection all at once.
#include <doctest/doctest.h>

#include "drivers/sip/raw_stream.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::RawStream;

namespace {

struct Fixture {
  Clockwork clockwork;
  Office office{clockwork, test::with_ports(17000)};

  std::string options(int number, std::size_t body = 0) const {
    const std::string count = std::to_string(number);
    return "OPTIONS sip:1000@" + office.host() +
           " SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKburst" + count +
           "\r\nMax-Forwards: 70\r\nFrom: <sip:trunk@127.0.0.1>;tag=trunk\r\nTo: <sip:1000@" + office.host() +
           ">\r\nCall-ID: burst" + count + "\r\nCSeq: " + count +
           " OPTIONS\r\nContent-Length: " + std::to_string(body) + "\r\n\r\n" + std::string(body, 'x');
  }
};

int count(const std::string& text, std::string_view word) {
  int found = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a busy trunk that sends megabytes of requests without a pause has all of them answered") {
  const Fixture world;
  const RawStream trunk(world.office.driver->port());
  constexpr int requests = 6000;
  std::string burst;
  for (int i = 1; i <= requests; ++i) burst += world.options(i);
  REQUIRE(burst.size() > 1000 * 1000);

  const std::string answers = trunk.exchange(burst, "CSeq: 6000 OPTIONS");

  CHECK(count(answers, "SIP/2.0 200 ") == requests);
  CHECK(count(answers, "SIP/2.0 413 ") == 0);
}

TEST_CASE("one message that is too large is refused, its connection is closed and others go on") {
  const Fixture world;
  const RawStream bad(world.office.driver->port()), good(world.office.driver->port());

  const std::string answer = bad.exchange(world.options(1, 1024 * 1024), "\r\n\r\n");

  CHECK(count(answer, "SIP/2.0 200 ") == 0);
  CHECK(bad.exchange(world.options(2), "\r\n\r\n").find("SIP/2.0 200 ") == std::string::npos);
  CHECK(good.exchange(world.options(3), "\r\n\r\n").starts_with("SIP/2.0 200 "));
}
