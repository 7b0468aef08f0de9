// SPDX-License-Identifier: Apache-2.0
#include "vcsr/connectors/terminal.hpp"

#include "connectors/small_server.hpp"
#include "store/journal/until.hpp"
#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::testing;
using namespace std::chrono_literals;

namespace {

using Outcome = SourceAnswer::Outcome;

/// A host of old: it negotiates, asks who it is and answers line by line.
void serve(SmallServer::Talk& talk) {
  talk.write("\xff\xfb\x01\xff\xfd\x18LOGIN: ");
  // IAC DONT ECHO, IAC WONT TERMINAL-TYPE
  if (talk.read(6) != "\xff\xfe\x01\xff\xfc\x18") return talk.write("WHO ARE YOU?\r\n");
  const std::string user = talk.read_until("\r\n");
  talk.write("PASSWORD: ");
  if (user + talk.read_until("\r\n") != "vcsr\r\ns3cret\r\n") return talk.write("NO\r\n");
  talk.write("READY\r\n> ");
  while (true) {
    const std::string line = talk.read_until("\r\n");
    if (line == "BAL 6222\r\n") talk.write("NAME:    ANNA\r\nBALANCE: 120\r\n> ");
    else if (line == "BAL 1\r\n") talk.write("NO SUCH ACCOUNT\r\n> ");
    else if (line == "BAL 2\r\n") return talk.write("SYSTEM GOES DOWN\r\n");
    else return talk.stall();
  }
}

TerminalHost host_at(std::uint16_t port, const char* password = "s3cret") {
  return {.host = "127.0.0.1",
          .port = port,
          .login = {{.expect = "LOGIN: "},
                    {.send = "{user}", .expect = "PASSWORD: "},
                    {.send = "{password}", .expect = "> "}},
          .user = "vcsr",
          .password = Secret(password),
          .queries = {{"balance",
                       {.steps = {{.send = "BAL {account}", .expect = "> "}},
                        .columns = {{"name", "NAME:"}, {"balance", "BALANCE:"}},
                        .not_found = "NO SUCH ACCOUNT"}}}};
}

struct Mainframe {
  SmallServer server{serve};
  AsioLoop loop;
  std::unique_ptr<DataSource> source =
      make_terminal_source(loop, {.name = "host", .limit = 10s, .connections = 1}, host_at(server.port()));

  SourceAnswer ask(const char* account, Duration limit = 0s) {
    return outcome(loop, source->ask("balance", {{"account", account}}, limit));
  }
};

}  // namespace

TEST_CASE("a host is logged in once and asked line by line") {
  Mainframe host;

  const SourceAnswer anna = host.ask("6222");
  const SourceAnswer nobody = host.ask("1");
  const SourceAnswer again = host.ask("6222");

  CHECK(anna.rows == std::vector<Facts>{{{"name", "ANNA"}, {"balance", "120"}}});
  CHECK(nobody.outcome == Outcome::not_found);
  CHECK(again.found());
  CHECK(host.server.connections() == 1);
}

TEST_CASE("a host that goes down or stalls is an outcome, and is logged in anew") {
  Mainframe host;

  const SourceAnswer down = host.ask("2");
  const SourceAnswer stalled = host.ask("3", 200ms);
  const SourceAnswer anna = host.ask("6222");

  CHECK(down.outcome == Outcome::failed);
  CHECK(down.why == "127.0.0.1:" + std::to_string(host.server.port()) + " has closed the connection");
  CHECK(stalled.outcome == Outcome::late);
  CHECK(anna.found());
  CHECK(host.server.connections() == 3);
}

TEST_CASE("a value cannot carry a command of its own to the host") {
  Mainframe host;

  const SourceAnswer answer = host.ask("6222\r\nDELETE ALL");

  CHECK(answer.outcome == Outcome::refused);
  CHECK(answer.why == "parameter account: a control character cannot be sent to a terminal host");
}

TEST_CASE("a host that is not there or does not let us in has failed") {
  Mainframe host;
  const auto stranger =
      make_terminal_source(host.loop, {.name = "host"}, host_at(host.server.port(), "wrong"));
  const auto nowhere = make_terminal_source(host.loop, {.name = "host"}, host_at(1));
  Facts account{{"account", "6222"}};

  CHECK(outcome(host.loop, stranger->ask("balance", account)).why.ends_with("has closed the connection"));
  CHECK(outcome(host.loop, nowhere->ask("balance", account)).why ==
        "127.0.0.1:1 cannot be reached: Connection refused");
}

TEST_CASE("a host that cannot be asked is refused when it is configured") {
  SimLoop loop;
  const auto refusal = [&loop](TerminalHost host) {
    return thrown(Error::Code::invalid, [&] { make_terminal_source(loop, {.name = "host"}, host); });
  };

  CHECK(refusal({}) == "source host: host: expected a name or address, got \"\"");
  CHECK(refusal({.host = "a", .queries = {{"q", {}}}}) ==
        "source host: query q has no steps: say what is sent and expected");
  CHECK(refusal({.host = "a", .queries = {{"q", {.steps = {{.send = "X"}}}}}}) ==
        "source host: query q has no columns: name each with the label before its value");
}
