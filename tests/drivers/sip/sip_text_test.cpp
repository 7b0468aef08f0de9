// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sip_text.hpp"

#include <doctest/doctest.h>

using namespace vcsr;
using namespace vcsr::sip;

TEST_CASE("a SIP URI is taken apart") {
  struct Row {
    const char* uri;
    const char* user;
    const char* host;
    int port;
  };
  const Row rows[] = {
      {"sip:1001", "1001", "", 0},
      {"SIP:1001@192.0.2.1", "1001", "192.0.2.1", 0},
      {"sip:1001:secret@host.example:5080;transport=tcp?Subject=x", "1001", "host.example", 5080},
      {"sip:192.0.2.1", "", "192.0.2.1", 0},
      {"sip:localhost", "", "localhost", 0},
      {"sip:host:5060", "", "host", 5060},
      {"sip:anna;x=y@host", "anna", "host", 0},
  };

  for (const Row& row : rows) {
    CAPTURE(row.uri);
    const std::optional<SipUri> uri = parse_sip_uri(row.uri);
    REQUIRE(uri);
    CHECK(uri->user == row.user);
    CHECK(uri->host == row.host);
    CHECK(uri->port == row.port);
  }
}

TEST_CASE("an IPv6 address stands in brackets in a URI, and nothing else does") {
  const auto with_port = sip::parse_sip_uri("sip:1001@[2001:db8::1]:5070;transport=tcp"),
             bare = sip::parse_sip_uri("sip:[::1]");

  REQUIRE(with_port);
  CHECK(with_port->user == "1001");
  CHECK(with_port->host == "[2001:db8::1]");
  CHECK(with_port->port == 5070);
  REQUIRE(bare);
  CHECK(bare->host == "[::1]");
  CHECK(bare->port == 0);
  for (const char* bad :
       {"sip:a@[::1", "sip:a@[::1]x", "sip:a@[example.org]", "sip:a@[]", "sip:a@[::1]:", "sip:a@[1::2::3]"}) {
    CAPTURE(bad);
    CHECK(!sip::parse_sip_uri(bad));
  }
}

TEST_CASE("a URI keeps its transport, whose port it has where none is given") {
  const auto uri = [](const char* text) { return sip::parse_sip_uri(text).value(); };

  CHECK(uri("sip:a@b;lr;Transport=TLS;x=y").tls());
  CHECK(uri("sip:a@b;transport=tcp").transport == "tcp");
  CHECK(uri("sip:a@b;transport").transport == "");
  CHECK(uri("sip:a@b;xtransport=tls").transport == "");
  CHECK(uri("sip:b.example;transport=tls").port_or_default() == 5061);
  CHECK(uri("sip:b.example:7;transport=tls").port_or_default() == 7);
  CHECK(uri("sip:b.example").port_or_default() == 5060);
  CHECK(sip::sip_uri_at("192.0.2.1", uri("sip:a@pbx.example;transport=tls")) ==
        "sip:192.0.2.1:5061;transport=tls");
  CHECK(sip::sip_uri_at("192.0.2.1", uri("sip:pbx.example:5070;lr;transport=tcp")) ==
        "sip:192.0.2.1:5070;transport=tcp");
  CHECK(sip::sip_uri_at("[::1]", uri("sip:pbx.example")) == "sip:[::1]");
}

TEST_CASE("what could break out of a header is no URI") {
  for (const char* uri : {"", "sip:", "tel:+49", "1001", "sip:a b@c", "sip:a@b>\r\nX: y", "sip:a@",
                          "sip:a@b:0", "sip:a@b:65536", "sip:a@b:x", "sip:\"a\"@b", "sip:<a>@b"}) {
    CAPTURE(uri);
    CHECK(!parse_sip_uri(uri));
  }
}

TEST_CASE("names are quoted on the way out and unquoted on the way in") {
  const Address plain("sip:a@b"), quoted("sip:a@b", "Anna \"A\" \\ B"), bent("sip:a@b", "x\r\nVia: y");

  CHECK(name_addr(plain) == "<sip:a@b>");
  CHECK(name_addr(quoted) == "\"Anna \\\"A\\\" \\\\ B\" <sip:a@b>");
  CHECK(parse_name_addr(name_addr(quoted)) == quoted);
  CHECK(name_addr(bent) == "\"x  Via: y\" <sip:a@b>");
  CHECK(parse_name_addr("Anna <sip:a@b;x=y>;tag=1") == Address("sip:a@b;x=y", "Anna"));
  CHECK(parse_name_addr("\"<,>\" <sip:a@b>, <tel:1>") == Address("sip:a@b", "<,>"));
  CHECK(parse_name_addr("sip:a@b;tag=1") == Address("sip:a@b"));
  CHECK(parse_name_addr("<sip:a@b") == Address());
  CHECK(parse_name_addr("") == Address());
}

TEST_CASE("keys come in two kinds of INFO") {
  CHECK(digit_of_info("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n") == '5');
  CHECK(digit_of_info("Application/DTMF-Relay; x=y", "Duration=160\nsignal = # \n") == '#');
  CHECK(digit_of_info("application/dtmf-relay", "Signal=10") == '*');
  CHECK(digit_of_info("application/dtmf-relay", "Signal=11") == '#');
  CHECK(digit_of_info("application/dtmf-relay", "Signal=d") == 'D');
  CHECK(digit_of_info("application/dtmf", "7\r\n") == '7');
  CHECK(!digit_of_info("application/dtmf-relay", "Signal=x"));
  CHECK(!digit_of_info("application/dtmf-relay", "Duration=5"));
  CHECK(!digit_of_info("application/dtmf-relay", ""));
  CHECK(!digit_of_info("text/plain", "Signal=5"));
}

TEST_CASE("a sipfrag tells a status") {
  CHECK(status_of_sipfrag("SIP/2.0 200 OK\r\n") == 200);
  CHECK(status_of_sipfrag("SIP/2.0 603") == 603);
  CHECK(status_of_sipfrag("SIP/2.0 2") == 0);
  CHECK(status_of_sipfrag("SIP/2.0 099 x") == 0);
  CHECK(status_of_sipfrag("HTTP/1.1 200 OK") == 0);
  CHECK(status_of_sipfrag("") == 0);
}
