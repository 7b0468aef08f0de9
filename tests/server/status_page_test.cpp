// SPDX-License-Identifier: Apache-2.0
#include "server/status_page.hpp"

#include <atomic>

#include <doctest/doctest.h>

#include "held_journal.hpp"
#include "server/http_client.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/journal_events.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

constexpr const char* bank = R"([voice]
synthesizer = "none"
[web]
port = 0
[[queue]]
name = "service"
[[agent]]
id = "1001"
name = "Wang Fang"
queues = ["service"]
)";

/// A center with its page, and nobody but a browser that talks to it.
struct Ground {
  explicit Ground(const std::string& text = bank)
      : site(loop, parse_config(text, "bank.toml", "/nowhere"), built_in_flows(), stores(loop, journal)),
        page(loop, site, *site.config().web) {}

  static Stores stores(Loop& loop, HeldJournal*& journal) {
    Stores all = open_memory_stores(loop);
    auto held = std::make_unique<HeldJournal>(loop, make_memory_journal(loop));
    journal = held.get();
    all.journal = std::move(held);
    return all;
  }

  std::uint16_t port() const {
    const std::string url = page.url();
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }
  /// What a program that has calls made is answered.
  std::string order(const std::string& body, const std::string& fields,
                    const std::string& path = "/api/calls") {
    std::string answer;
    run_beside(loop, [&] {
      HttpClient client(port());
      client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields +
                  "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
      answer = client.read_all();
    });
    return answer;
  }
  std::string ask_with(const std::string& fields, const std::string& path) {
    std::string answer;
    run_beside(loop, [&] {
      HttpClient client(port());
      client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n");
      answer = client.read_all();
    });
    return answer;
  }
  /// The whole answer to a request; `host` is what the browser believes it talks to.
  std::string ask(const std::string& path, const std::string& host = "127.0.0.1",
                  const std::string& method = "GET") {
    std::string answer;
    run_beside(loop, [&] {
      HttpClient client(port());
      client.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
      answer = client.read_all();
    });
    return answer;
  }
  /// For the client's thread: something happens in the center.
  void happen(const char* type, const std::string& subject, Facts data) {
    loop.post([this, type, subject, data] { site.journal().append(type, subject, data); });
  }

  AsioLoop loop;
  HeldJournal* journal = nullptr;
  Site site;
  StatusPage page;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Facts call_of_li_na = {{"from", "sip:138@bank"}, {"to", "sip:6000@bank"}, {"name", "李娜"}};

}  // namespace

TEST_CASE("the page comes with everything it names, each as what it is") {
  Ground ground;

  const std::string page = ground.ask("/");

  CHECK(page.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(has(page, "Content-Type: text/html; charset=utf-8\r\n"));
  const std::pair<const char*, const char*> parts[] = {{"status.css", "text/css; charset=utf-8"},
                                                       {"status.js", "text/javascript; charset=utf-8"},
                                                       {"words.js", "text/javascript; charset=utf-8"},
                                                       {"icon.svg", "image/svg+xml"}};
  for (const auto& [name, type] : parts) {
    const std::string part = ground.ask(std::string("/") + name);
    INFO("part: ", part);
    CHECK(part.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(has(part, std::string("Content-Type: ") + type + "\r\n"));
  }
}

TEST_CASE("the page holds no script and no style of its own, which its policy would refuse") {
  Ground ground;

  const std::string page = ground.ask("/");

  CHECK(has(page, "script-src 'self'; style-src 'self'"));
  CHECK_FALSE(has(page, "<script>"));
  CHECK_FALSE(has(page, "<style"));
  CHECK_FALSE(has(page, "style="));
  CHECK_FALSE(has(page, " onclick="));
}

TEST_CASE("programs get the board as JSON") {
  Ground ground;

  const std::string board = ground.ask("/api/board");

  CHECK(has(board, "Content-Type: application/json\r\n"));
  CHECK(has(board, R"("name":"Wang Fang")"));
  CHECK(has(board, R"("state":"logged_out")"));
  CHECK(has(board, R"("name":"service")"));
}

TEST_CASE("a listener gets the board at once and again when something happened") {
  Ground ground;
  std::string received;

  run_beside(ground.loop, [&] {
    HttpClient client(ground.port());
    client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.read_until("\n\n");
    client.read_until("Wang Fang");
    ground.happen(events::contact_arrived, "c1", call_of_li_na);
    received = client.read_until("李娜");
  });

  CHECK(has(received, "Content-Type: text/event-stream\r\n"));
  CHECK(has(received, "event: board\ndata: {"));
  CHECK(received.find("Wang Fang") < received.find("李娜"));
}

TEST_CASE("a listener that was away and missed nothing is told nothing; one that missed something, all") {
  Ground ground;
  std::string current, behind;

  run_beside(ground.loop, [&] {
    HttpClient first(ground.port()), again(ground.port()), late(ground.port());
    first.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    first.read_until("Wang Fang");
    ground.happen(events::contact_arrived, "c1", call_of_li_na);
    const std::string& told = first.read_until("李娜");
    const std::size_t id = told.rfind("id: ") + 4;
    const std::string last = told.substr(id, told.find('\n', id) - id);

    late.send("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n");
    behind = late.read_until("李娜");
    again.send("GET /events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: " + last + "\r\n\r\n");
    again.read_until("retry: 1000");
    ground.happen(events::contact_closed, "c1", {{"outcome", "left"}});
    current = again.read_until("\"left\":1");
  });

  CHECK(has(behind, "李娜"));
  CHECK_FALSE(has(current, "李娜"));
  CHECK(has(current, "\"left\":1"));
}

TEST_CASE("what happens in one moment is told as one picture") {
  Ground ground;
  std::string received;

  run_beside(ground.loop, [&] {
    HttpClient client(ground.port());
    client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.read_until("Wang Fang");
    ground.loop.post([&] {
      for (int i = 0; i < 100; ++i)
        ground.site.journal().append(events::contact_arrived, "c" + std::to_string(i), call_of_li_na);
    });
    received = client.read_until("\"arrived\":100");
  });

  std::size_t pictures = 0;
  for (std::size_t at = 0; (at = received.find("event: board", at)) != received.npos; ++at) ++pictures;
  CHECK(pictures < 20);
}

TEST_CASE("who comes by a foreign name is refused the page, the board and the events") {
  Ground ground;

  for (const char* path : {"/", "/api/board", "/status.js", "/events"}) {
    CAPTURE(path);
    const std::string answer = ground.ask(path, "evil.example");
    CHECK(answer.starts_with("HTTP/1.1 421 "));
    CHECK(has(answer, "this page answers to 127.0.0.1 only"));
    CHECK_FALSE(has(answer, "Wang Fang"));
  }
}

TEST_CASE("all names of loopback are its own, with or without a port") {
  Ground ground;

  for (const char* host : {"localhost", "127.0.0.1:8080", "[::1]:8080"}) {
    CAPTURE(host);
    CHECK(ground.ask("/api/board", host).starts_with("HTTP/1.1 200 "));
  }
}

TEST_CASE("what does not exist and what is not served is answered in words") {
  Ground ground;

  const std::string missing = ground.ask("/agents");
  const std::string posted = ground.ask("/api/board", "localhost", "POST");

  CHECK(missing.starts_with("HTTP/1.1 404 "));
  CHECK(has(missing, "there is no /agents; try /"));
  CHECK(posted.starts_with("HTTP/1.1 405 "));
  CHECK(has(posted, "only GET is served here"));
}

TEST_CASE("two pages on one port: the second says which, and what to change") {
  Ground ground;
  const WebConfig same{.port = ground.port()};

  CHECK_THROWS_WITH_AS(StatusPage(ground.loop, ground.site, same),
                       doctest::Contains("choose another address or port in [web]"), Error);
}

namespace {

constexpr const char* with_token = R"([voice]
synthesizer = "none"
[web]
port = 0
token = "s3same"
[[number]]
dial = "8000"
flow = "answer"
)";
constexpr const char* with_mailbox = R"([voice]
synthesizer = "none"
[web]
port = 0
token = "s3same"
[[mailbox]]
name = "sales"
)";
constexpr const char* authorized = "Authorization: Bearer s3same\r\n";
constexpr const char* order_of_li_na = R"({"to": "sip:1001", "number": "8000"})";

}  // namespace

TEST_CASE("a program with the token has a call made") {
  Ground ground(with_token);

  const std::string answer = ground.order(order_of_li_na, authorized);

  CHECK(answer.starts_with("HTTP/1.1 202 "));
  CHECK(has(answer, "{\"accepted\":true}"));
}

TEST_CASE("an order is acknowledged once it is on record") {
  Ground ground(with_token);
  ground.journal->hold();
  std::atomic<bool> durable = false;
  ground.loop.at(ground.loop.now() + std::chrono::milliseconds(300), [&] {
    durable = true;
    ground.journal->release();
  });
  bool acknowledged_when_durable = false;

  run_beside(ground.loop, [&] {
    HttpClient client(ground.port());
    const std::string body = order_of_li_na;
    client.send("POST /api/calls HTTP/1.1\r\nHost: localhost\r\n" + std::string(authorized) +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    client.read_until("HTTP/1.1 202 ");
    acknowledged_when_durable = durable;
  });

  CHECK(acknowledged_when_durable);
}

TEST_CASE("a slow or troubled journal does not keep an order from being acknowledged") {
  Ground ground(with_token);
  ground.journal->hold();

  CHECK(ground.order(order_of_li_na, authorized).starts_with("HTTP/1.1 202 "));
  ground.journal->trouble_text = "the disk is full";
  CHECK(ground.order(order_of_li_na, authorized).starts_with("HTTP/1.1 202 "));
}

TEST_CASE("nobody has calls made without the token, nor where there is none") {
  Ground ground(with_token), closed;

  for (const char* fields : {"", "Authorization: Bearer wrong\r\n", "Authorization: s3same\r\n"}) {
    const std::string answer = ground.order(order_of_li_na, fields);
    CHECK(answer.starts_with("HTTP/1.1 401 "));
    CHECK(has(answer, "expected the token of the configuration"));
  }
  CHECK(closed.order(order_of_li_na, "Authorization: Bearer \r\n").starts_with("HTTP/1.1 405 "));
}

TEST_CASE("an order that cannot be carried out is answered in words") {
  Ground ground(with_token);

  const std::string unserved = ground.order(R"({"to": "sip:1001", "number": "9"})", authorized);
  const std::string hasty =
      ground.order(R"({"to": "sip:1001", "number": "8000", "ring_time": "5s"})", authorized);

  CHECK(unserved.starts_with("HTTP/1.1 404 "));
  CHECK(has(unserved, "nothing serves the number \"9\""));
  CHECK(hasty.starts_with("HTTP/1.1 400 "));
  CHECK(has(hasty, "ring_time: expected at least 15 s"));
}

TEST_CASE("a desktop with the token reaches the recording of a call, and nobody without it") {
  Ground ground(with_token);
  const std::string pause = R"({"do": "pause"})", path = "/api/contacts/4711/recording";

  const std::string missing = ground.order(pause, authorized, path);
  CHECK(missing.starts_with("HTTP/1.1 404 "));
  CHECK(has(missing, "there is no open call 4711"));
  CHECK(ground.order(R"({"do": 1, "x": 2})", authorized, path).starts_with("HTTP/1.1 400 "));
  CHECK(ground.order(pause, "", path).starts_with("HTTP/1.1 401 "));
}

TEST_CASE("a program with the token is told of the messages that were left") {
  Ground ground(with_mailbox);
  ground.site.journal().append(
      events::voicemail_left, "c",
      {{"mailbox", "sales"}, {"message", "m1"}, {"from", "sip:138@bank"}, {"length", 4.5}});
  std::string answer;
  const auto look = [&]() -> Task<> {
    co_await ground.site.center().recover();
    ground.loop.stop();
  };
  Task<> looking = look();
  looking.start();
  ground.loop.run();

  answer = ground.ask_with(authorized, "/api/mailboxes");

  CHECK(answer.starts_with("HTTP/1.1 200 "));
  CHECK(has(answer, R"("name":"sales")"));
  CHECK(has(answer, R"("from":"sip:138@bank","heard":false,"id":"m1","length":4.5)"));
  CHECK(ground.ask_with("", "/api/mailboxes").starts_with("HTTP/1.1 401 "));
  CHECK(ground.order("", authorized, "/api/mailboxes").starts_with("HTTP/1.1 405 "));
}
