// SPDX-License-Identifier: Apache-2.0
#include "server/http_server.hpp"

#include <doctest/doctest.h>

#include "server/http_client.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::testing;

namespace {

struct Served {
  explicit Served(Duration patience = std::chrono::seconds(30))
      : server(
            loop, {.port = 0, .patience = patience},
            [](const HttpRequest& request) { return HttpResponse{.body = "you asked for " + request.path}; },
            "/events",
            [this](const HttpRequest& request) -> std::optional<std::string> {
              if (request.host == "stranger") return std::nullopt;
              away_since = request.last_event_id;
              return to_event("1", "hello", "first");
            }) {}

  AsioLoop loop;
  std::string away_since;
  HttpServer server;
};

}  // namespace

TEST_CASE("requests on one connection are answered in order, until the client asks to close") {
  Served world;
  std::string received;

  run_beside(world.loop, [&] {
    HttpClient client(world.server.port());
    client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    received = client.read_all();
  });

  const std::size_t first = received.find("you asked for /a");
  const std::size_t second = received.find("you asked for /b");
  CHECK(first != std::string::npos);
  CHECK(second != std::string::npos);
  CHECK(first < second);
}

TEST_CASE("what is no request is answered 400 and the connection closed") {
  Served world;
  std::string received;

  run_beside(world.loop, [&] {
    HttpClient client(world.server.port());
    client.send("hello there\r\n\r\n");
    received = client.read_all();
  });

  CHECK(received.starts_with("HTTP/1.1 400 Bad Request\r\n"));
}

TEST_CASE("a client that never finishes its request is dropped") {
  Served world(std::chrono::milliseconds(50));
  std::string received = "?";

  run_beside(world.loop, [&] {
    HttpClient client(world.server.port());
    client.send("GET /a HTT");
    received = client.read_all();
  });

  CHECK(received.empty());
}

TEST_CASE(
    "a listener is greeted and then told every event, and says which was its last when it comes again") {
  Served world;
  std::string received;

  run_beside(world.loop, [&] {
    HttpClient client(world.server.port());
    client.send("GET /events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 41\r\n\r\n");
    client.read_until("data: first");
    world.loop.post([&] { world.server.tell(to_event("2", "news", "second")); });
    received = client.read_until("data: second");
  });

  CHECK(world.away_since == "41");
  CHECK(received.find("Content-Type: text/event-stream") != std::string::npos);
  CHECK(received.find("data: first") < received.find("data: second"));
}

TEST_CASE("who may not listen gets an answer and is told nothing") {
  Served world;
  std::string received;
  std::size_t listeners = 9;

  run_beside(world.loop, [&] {
    HttpClient client(world.server.port());
    client.send("GET /events HTTP/1.1\r\nHost: stranger\r\n\r\n");
    client.read_until("you asked for /events");
    world.loop.post([&] {
      listeners = world.server.listeners();
      world.server.tell(to_event("2", "news", "second"));
    });
    client.send("GET /last HTTP/1.1\r\nHost: stranger\r\nConnection: close\r\n\r\n");
    received = client.read_all();
  });

  CHECK(listeners == 0);
  CHECK(received.find("second") == std::string::npos);
  CHECK(received.find("you asked for /last") != std::string::npos);
}

TEST_CASE("a listener that does not read is dropped and holds nobody up") {
  Served world;
  std::string received;
  std::size_t left = 9;

  run_beside(world.loop, [&] {
    HttpClient deaf(world.server.port()), good(world.server.port());
    const std::string ask = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    deaf.send(ask);
    deaf.read_until("data: first");
    const std::string much(1u << 20, 'x');
    for (int i = 0; i < 20; ++i) world.loop.post([&] { world.server.tell(to_event("2", "much", much)); });
    good.send(ask);
    good.read_until("data: first");
    world.loop.post([&] {
      left = world.server.listeners();
      world.server.tell(to_event("3", "news", "last"));
    });
    received = good.read_until("data: last");
  });

  CHECK(left == 1);
  CHECK(received.find("data: last") != std::string::npos);
}

TEST_CASE("a port that is in use is named, with the remedy") {
  Served world;
  const std::string where = "127.0.0.1:" + std::to_string(world.server.port());

  CHECK_THROWS_WITH_AS(
      HttpServer(world.loop, {.port = world.server.port()}, nullptr, "/events", nullptr),
      ("cannot serve HTTP on " + where + ": Address already in use; choose another address or port in [web]")
          .c_str(),
      Error);
}

TEST_CASE("a response that comes later is sent in its turn") {
  AsioLoop loop;
  std::function<void(HttpResponse)> owed;
  HttpServer server(
      loop, {.port = 0},
      [&](const HttpRequest& request) {
        if (request.path != "/slow") return HttpResponse{.body = "quick"};
        return HttpResponse{.later = [&](std::function<void(HttpResponse)> reply) {
          owed = std::move(reply);
          loop.post([&] { owed({.body = "slow"}); });
        }};
      },
      "/events", [](const HttpRequest&) { return std::nullopt; });
  std::string received;

  run_beside(loop, [&] {
    HttpClient client(server.port());
    client.send(
        "GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    received = client.read_all();
  });

  const std::size_t slow = received.find("slow");
  CHECK(slow != std::string::npos);
  CHECK(slow < received.find("quick"));
}

TEST_CASE("a stream is sent in chunks to its end, and one whose client leaves is let go") {
  AsioLoop loop;
  int parts = 0;
  bool let_go = false;
  HttpServer server(
      loop, {.port = 0},
      [&](const HttpRequest& request) {
        const bool endless = request.path == "/endless";
        const std::shared_ptr<bool> held(&let_go, [endless, &loop](bool* gone) {
          *gone = endless;
          loop.stop();
        });
        return HttpResponse{.stream = [held, endless, &parts](std::string& more) {
          more = "part" + std::to_string(++parts);
          return endless || parts < 3;
        }};
      },
      "/events", [](const HttpRequest&) { return std::nullopt; });
  std::string received;

  std::thread client([&] {
    HttpClient whole(server.port());
    whole.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    received = whole.read_all();
    HttpClient leaving(server.port());
    leaving.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
    leaving.read_until("part5");
  });
  while (!let_go) loop.run();
  client.join();

  CHECK(received.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  CHECK(received.ends_with("5\r\npart1\r\n5\r\npart2\r\n5\r\npart3\r\n0\r\n\r\n"));
}
