// SPDX-License-Identifier: Apache-2.0
#include "server/http_message.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;

TEST_CASE("a request comes in pieces of any size") {
  const std::string wire =
      "GET /api/%E5%AE%A2?x=1&who=%E5%AE%A2&x=2&bare HTTP/1.1\r\nHost: localhost:8080\r\nLast-Event-ID: "
      "42\r\n\r\n";
  HttpParser parser;

  std::string gathered;
  for (const char c : wire) {
    gathered += c;
    gathered.erase(0, parser.feed(gathered));
  }

  REQUIRE(parser.complete());
  const HttpRequest request = parser.take();
  CHECK(request.method == "GET");
  CHECK(request.path == "/api/客");
  CHECK(request.query.size() == 3);
  CHECK(request.query.at("x") == "1");
  CHECK(request.query.at("who") == "客");
  CHECK(request.query.at("bare").empty());
  CHECK(request.host == "localhost");
  CHECK(request.last_event_id == "42");
  CHECK(request.keep_alive);
}

TEST_CASE("a body in chunks comes in pieces of any size, also the end of it") {
  const std::string wire =
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= wire.size(); ++piece) {
    CAPTURE(piece);
    HttpParser parser;

    std::string gathered;
    for (std::size_t at = 0; at < wire.size(); at += piece) {
      gathered += wire.substr(at, piece);
      gathered.erase(0, parser.feed(gathered));
    }

    REQUIRE(parser.complete());
    CHECK(parser.take().body == "abc");
  }
}

TEST_CASE("what follows a request is left for the next") {
  const std::string two = "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: b\r\n\r\n";
  HttpParser first, second;

  const std::size_t used = first.feed(two);
  second.feed(std::string_view(two).substr(used));

  CHECK(first.take().path == "/a");
  CHECK(second.take().path == "/b");
}

TEST_CASE("a host may be an IPv6 address with or without a port") {
  for (const std::string host : {"[::1]", "[::1]:8080"}) {
    HttpParser parser;
    parser.feed("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    CHECK(parser.take().host == "[::1]");
  }
}

TEST_CASE("what is no HTTP, or too much of it, is refused with a reason") {
  const std::string long_header = "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n";
  const std::string long_body = "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n";
  for (const std::string& wire :
       {std::string("\x16\x03\x01 hello"), std::string("GET\r\n\r\n"), long_header, long_body}) {
    HttpParser parser;
    CHECK_THROWS_AS(parser.feed(wire), Error);
  }
}

TEST_CASE("a response says its length and what a browser may do with it") {
  const std::string wire = to_wire({.status = 404, .type = "text/plain", .body = "nothing"}, false);

  CHECK(wire.starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(wire.find("Content-Length: 7\r\n") != std::string::npos);
  CHECK(wire.find("default-src 'none'") != std::string::npos);
  CHECK(wire.find("Connection: close\r\n") != std::string::npos);
  CHECK(wire.ends_with("\r\n\r\nnothing"));
}

TEST_CASE("an event of several lines stays one event") {
  CHECK(to_event("7", "board", "a\nb") == "id: 7\nevent: board\ndata: a\ndata: b\n\n");
  CHECK(to_event("7", "board", "") == "id: 7\nevent: board\ndata: \n\n");
}
