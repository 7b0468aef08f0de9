// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/certificates.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Certificates;
using vcsr::test::Clockwork;
using vcsr::test::Office;

namespace {

SipOptions secure(const SipTls& tls) {
  SipOptions options = test::with_ports(15000);
  options.tls = tls;
  options.encryption = SipEncryption::required;
  return options;
}

std::string secure_host(const Office& office) {
  return "127.0.0.1:" + std::to_string(office.driver->tls_port()) + ";transport=tls";
}

}  // namespace

TEST_CASE("two centers call each other over TLS, and their audio is encrypted") {
  Clockwork clockwork;
  Certificates files;
  files.make("bank", "bank.example");
  files.make("shop", "shop.example");
  Office bank(clockwork, secure(files.options("bank"))), shop(clockwork, secure(files.options("shop")));

  auto caller = bank.dial("sip:1000@" + secure_host(shop));
  REQUIRE(clockwork.run_until([&] { return !shop.callers.empty(); }));
  shop.caller().leg->answer();
  REQUIRE(clockwork.run_until([&] { return caller->heard("answered"); }));
  caller->leg->send_digits("42");
  CHECK(clockwork.run_until([&] { return shop.caller().heard("digit 2"); }));
  shop.caller().leg->hold();
  CHECK(clockwork.run_until([&] { return caller->heard("held"); }));
  shop.caller().leg->hang_up(Cause::normal);
  CHECK(clockwork.run_until([&] { return caller->heard("hung up: normal"); }));

  CHECK(bank.driver->statistics().packets_unauthentic == 0);
  CHECK(bank.driver->statistics().packets_received > 0);
}

TEST_CASE("a new certificate is shown without a restart, and a bad one is not") {
  Clockwork clockwork;
  Certificates files;
  files.make("center", "first.example");
  std::vector<std::string> lines;
  SipOptions options = secure(files.options("center"));
  LogOptions log;
  log.sink = [&](std::string_view line) {
    clockwork.loop.post([&, text = std::string(line)] {
      lines.push_back(text);
      clockwork.happened();
    });
  };
  options.log = Log(clockwork.loop, log);
  Office office(clockwork, options);
  const auto logged = [&](const std::string& what) {
    return clockwork.run_until([&] {
      return std::any_of(lines.begin(), lines.end(),
                         [&](const std::string& line) { return line.find(what) != std::string::npos; });
    });
  };
  const std::uint16_t port = office.driver->tls_port();
  CHECK(test::certificate_shown(port) == "first.example");
  CHECK(test::certificate_shown(port, TLS1_2_VERSION) == "first.example");
  CHECK(test::certificate_shown(port, TLS1_1_VERSION) == "");

  files.write("center.pem", "nonsense");
  CHECK(logged("new TLS certificate refused"));
  CHECK(test::certificate_shown(port) == "first.example");
  files.make("center", "second.example");
  CHECK(logged("new TLS certificate taken"));
  CHECK(test::certificate_shown(port) == "second.example");
}

TEST_CASE("hosts that connect and say nothing, or nonsense, leave a center that serves the next one") {
  Clockwork clockwork;
  Certificates files;
  files.make("center", "center.example");
  Office office(clockwork, secure(files.options("center")));

  for (int i = 0; i < 20; ++i) test::connect_and_leave(office.driver->tls_port(), i % 2 == 0 ? "" : "GET /");

  CHECK(test::certificate_shown(office.driver->tls_port()) == "center.example");
}

TEST_CASE("a center without its certificate does not start") {
  Clockwork clockwork;
  Certificates files;
  files.make("center", "center.example", -7200, -3600);

  CHECK_THROWS_WITH_AS(Office(clockwork, secure(files.options("center"))), doctest::Contains("expired on"),
                       Error);
  CHECK_THROWS_WITH_AS(Office(clockwork, secure(files.options("none"))), doctest::Contains("none.pem"),
                       Error);
}

TEST_CASE("only servers whose certificate is vouched for are called") {
  Clockwork clockwork;
  Certificates files;
  for (const char* name : {"bank", "shop", "rogue"}) files.make(name, std::string(name) + ".example");
  SipTls careful = files.options("bank");
  careful.verify = SipTls::Verify::servers;
  careful.authorities = files.path("shop.pem");
  Office bank(clockwork, secure(careful)), shop(clockwork, secure(files.options("shop"))),
      rogue(clockwork, secure(files.options("rogue")));

  auto refused = bank.dial("sip:1000@" + secure_host(rogue));
  auto taken = bank.dial("sip:1000@" + secure_host(shop));

  REQUIRE(clockwork.run_until([&] { return !shop.callers.empty(); }));
  shop.caller().leg->answer();
  CHECK(clockwork.run_until([&] { return taken->heard("answered"); }));
  CHECK(rogue.callers.empty());
  CHECK(refused->told.empty());
}

TEST_CASE("where everybody is verified, nobody comes in without a certificate") {
  Clockwork clockwork;
  Certificates files;
  for (const char* name : {"bank", "shop", "guest"}) files.make(name, std::string(name) + ".example");
  SipTls strict = files.options("shop");
  strict.verify = SipTls::Verify::everybody;
  strict.authorities = files.path("bank.pem");
  Office bank(clockwork, secure(files.options("bank"))), guest(clockwork, secure(files.options("guest"))),
      shop(clockwork, secure(strict));

  auto refused = guest.dial("sip:1000@" + secure_host(shop));
  auto taken = bank.dial("sip:2000@" + secure_host(shop));

  REQUIRE(clockwork.run_until([&] { return !shop.callers.empty(); }));
  shop.caller().leg->answer();
  CHECK(clockwork.run_until([&] { return taken->heard("answered"); }));
  CHECK(shop.arrivals.size() == 1);
  CHECK(shop.arrivals[0].to.user() == "2000");
}
