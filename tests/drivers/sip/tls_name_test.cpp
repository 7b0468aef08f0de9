// SPDX-License-Identifier: Apache-2.0
// Whose certificate a trunk that we reach over TLS may show (RFC 5922).
#include <mutex>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "drivers/sip/certificates.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Certificates;
using vcsr::test::Clockwork;
using vcsr::test::Office;

namespace {

/// A center whose only trunk is another center, by the name of "localhost".
struct World {
  explicit World(const std::string& names, const std::string& common_name = "pbx.example") {
    files.make("center", "center.example");
    files.make("trunk", common_name, -60, 3600, names);
    SipOptions options = test::with_ports(15000);
    options.tls = files.options("trunk");
    trunk.emplace(clockwork, options);
  }

  void call(const std::string& tls_name = {}, const std::string& host = "localhost",
            Duration limit = std::chrono::seconds(10)) {
    SipOptions options = test::with_ports(15200);
    options.tls = files.options("center");
    options.tls->verify = SipTls::Verify::servers;
    options.tls->authorities = files.path("trunk.pem");
    SipTrunk way;
    way.address = "sip:" + host + ":" +
                  std::to_string(server_port != 0 ? server_port : trunk->driver->tls_port()) +
                  ";transport=tls";
    way.prefixes = {"*"};
    way.check_every = Duration::zero();
    way.tls_name = tls_name;
    options.trunks = {way};
    LogOptions log;
    log.sink = [this](std::string_view line) {
      const std::lock_guard lock(mutex);
      said += line;
    };
    options.log = Log(clockwork.loop, log);
    center.emplace(clockwork, options);
    caller = center->dial("tel:+86105550000");
    clockwork.run_until([this] { return !trunk->callers.empty() || !caller->told.empty(); }, limit);
  }
  bool arrived() const { return !trunk->callers.empty(); }

  std::uint16_t server_port = 0;  // in place of the trunk's
  Clockwork clockwork;
  Certificates files;
  std::mutex mutex;
  std::string said;
  std::optional<Office> trunk, center;
  std::unique_ptr<test::Party> caller;
};

}  // namespace

TEST_CASE("a trunk that is reached over TLS by its name shows a certificate for it") {
  for (const char* names : {"DNS:other.example,DNS:localhost", "URI:sip:localhost", "DNS:LOCALHOST"}) {
    CAPTURE(names);
    World world(names);
    world.call();

    CHECK(world.arrived());
    CHECK(world.trunk->arrivals.back().to.user() == "+86105550000");
  }
  World common_name("", "localhost");
  common_name.call();
  CHECK(common_name.arrived());
}

TEST_CASE("a trunk with somebody else's certificate gets no call, and the log says whose it is") {
  for (const char* names : {"DNS:pbx.example", "URI:sip:anna@localhost,DNS:pbx.example",
                            "DNS:*.example,DNS:pbx.example", "DNS:localhost.example,DNS:pbx.example"}) {
    CAPTURE(names);
    World world(names, "localhost");
    world.call();

    CHECK_FALSE(world.arrived());
    CHECK(world.caller->told.size() == 1);
    const std::lock_guard lock(world.mutex);
    CHECK(world.said.find("a server shows a certificate for another name") != std::string::npos);
    CHECK(world.said.find("pbx.example") != std::string::npos);
  }
}

TEST_CASE("a trunk may be told to show a certificate of another name") {
  struct Row {
    const char *names, *tls_name, *host;
  };
  for (const Row& row : {Row{"DNS:pbx.example", "pbx.example", "localhost"},
                         Row{"DNS:*.pbx.example", "*.pbx.example", "127.0.0.1"}}) {
    CAPTURE(row.names);
    World world(row.names);
    world.call(row.tls_name, row.host);

    CHECK(world.arrived());
  }
}

TEST_CASE("a trunk that is reached by its address shows a certificate for that") {
  for (const bool its : {true, false}) {
    World world(its ? "IP:127.0.0.1" : "DNS:pbx.example");
    world.call("", "127.0.0.1");

    CHECK(world.arrived() == its);
  }
}

TEST_CASE("a server is told in clear which of its names is meant, unless it was dialled by its address") {
  struct Row {
    const char* host;
    const char* tls_name;
    const char* told;
  };
  for (const Row& row : {Row{"localhost", "", "localhost"}, Row{"127.0.0.1", "pbx.example", "pbx.example"},
                         Row{"127.0.0.1", "", ""}}) {
    CAPTURE(row.host);
    World world("DNS:localhost");
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof own;
    REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&own), size) == 0);
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&own), &size);
    REQUIRE(::listen(listener, 1) == 0);
    world.server_port = ntohs(own.sin_port);

    world.call(row.tls_name, row.host, std::chrono::milliseconds(1));
    const int connection = ::accept(listener, nullptr, nullptr);
    char hello[4096];
    const ssize_t came = ::recv(connection, hello, sizeof hello, 0);

    const std::string_view text(hello, came > 0 ? static_cast<std::size_t>(came) : 0);
    CHECK(text.size() > 50);
    CHECK((text.find(row.told) != text.npos && *row.told) == (*row.told != '\0'));
    CHECK((text.find("localhost") != text.npos) == (row.told == std::string_view("localhost")));
    ::close(connection);
    ::close(listener);
  }
}
