// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <functional>
#include <utility>

#include <unistd.h>

#include <doctest/doctest.h>

#include "drivers/sip/raw_registration.hpp"

using namespace vcsr;
using vcsr::test::authorization;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::RawPhone;
using vcsr::test::RawRegistration;
using vcsr::test::registrar;

namespace {

/// A telephone of user 1001 at a port of its own.
struct Desk {
  explicit Desk(const Office& office) : phone(office) {
    const std::string credentials =
        authorization(phone.send("1001", ""), "1001", "right", phone.uri) + "Expires: 600\r\n";
    REQUIRE(phone.send("1001", credentials).starts_with("SIP/2.0 200 "));
  }
  RawPhone* operator->() { return &phone.raw; }

  RawRegistration phone;
};

const std::string sound =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40002 RTP/AVP 0\r\n";
const std::string with_sound = "Content-Type: application/sdp\r\n";

}  // namespace

TEST_CASE("a user's telephones all ring, and the first that answers has the call") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Desk desk(office), home(office), mobile(office);
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));

  auto caller = office.dial("sip:1001");
  const std::string at_desk = desk->receive("INVITE "), at_home = home->receive("INVITE "),
                    at_mobile = mobile->receive("INVITE ");
  desk->reply(at_desk, "180 Ringing");
  home->reply(at_home, "180 Ringing");
  mobile->reply(at_mobile, "486 Busy Here");
  CHECK(clockwork.run_until([&] { return caller->heard("ringing"); }));
  home->reply(at_home, "200 OK", with_sound, sound);
  CHECK(clockwork.run_until([&] { return caller->heard("answered"); }));
  CHECK(home->receive("ACK ").starts_with("ACK "));
  const std::string cancel = desk->receive("CANCEL ");
  CHECK(RawPhone::header(cancel, "Reason") == "SIP;cause=200;text=\"Call completed elsewhere\"");
  desk->reply(cancel, "200 OK");
  desk->reply(at_desk, "487 Request Terminated");

  caller->leg->hang_up(Cause::normal);
  CHECK(home->receive("BYE ").starts_with("BYE "));
  CHECK(caller->told == std::vector<std::string>{"ringing", "answered"});
}

TEST_CASE("who declines at one telephone declines at all, and busy at every one is busy") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Desk desk(office), home(office);
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));

  auto declined = office.dial("sip:1001");
  desk->reply(desk->receive("INVITE "), "180 Ringing");
  home->reply(home->receive("INVITE "), "603 Decline");
  CHECK(clockwork.run_until([&] { return declined->heard("hung up: rejected"); }));
  CHECK(desk->receive("CANCEL ").starts_with("CANCEL "));
  CHECK(home->receive("ACK ").starts_with("ACK "));

  auto busy = office.dial("sip:1001");
  for (Desk* phone : {&desk, &home}) (*phone)->reply((*phone)->receive("INVITE "), "486 Busy Here");
  CHECK(clockwork.run_until([&] { return busy->heard("hung up: busy"); }));
}

TEST_CASE("a caller who gives up stops all telephones") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Desk desk(office), home(office);
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));

  auto caller = office.dial("sip:1001");
  for (Desk* phone : {&desk, &home}) (*phone)->reply((*phone)->receive("INVITE "), "180 Ringing");
  CHECK(clockwork.run_until([&] { return caller->heard("ringing"); }));
  caller->leg->hang_up(Cause::normal);

  for (Desk* phone : {&desk, &home}) CHECK((*phone)->receive("CANCEL ").starts_with("CANCEL "));
}

TEST_CASE("a user has so many telephones and no more") {
  Clockwork clockwork;
  SipOptions options = registrar();
  options.max_contacts = 1;
  Office office(clockwork, options);
  Desk desk(office);
  RawRegistration another(office);

  const std::string credentials =
      authorization(another.send("1001", ""), "1001", "right", another.uri) + "Expires: 600\r\n";

  CHECK(another.send("1001", credentials).starts_with("SIP/2.0 403 "));
}

TEST_CASE("a registration is there again when the program was killed right after its answer") {
  Clockwork clockwork;
  SipOptions options = registrar();
  options.registrations_file =
      (std::filesystem::temp_directory_path() / ("vcsr-registrations-" + std::to_string(::getpid())))
          .string();
  const std::string left = options.registrations_file + ".left";
  std::filesystem::remove(options.registrations_file);
  {
    Office office(clockwork, options);
    Desk desk(office);
    std::filesystem::copy_file(options.registrations_file, left);
  }

  options.registrations_file = left;
  Office again(clockwork, options);

  CHECK(clockwork.run_until([&] { return again.driver->registered("1001"); }));
  CHECK(again.devices == std::vector<std::string>{"1001 reachable"});
  std::filesystem::remove(left);
  std::filesystem::remove(left.substr(0, left.size() - 5));
}

TEST_CASE("who guesses passwords is locked out for a while, whoever it is") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawRegistration phone(office);
  const std::string first = phone.send("1001", "");

  for (const std::string user : {"1001", "9999"}) {
    CAPTURE(user);
    for (int i = 1; i <= 5; ++i) {
      const std::string count = "0000000" + std::to_string(i);
      CHECK(phone.send(user, authorization(first, user, "guess", phone.uri, count))
                .starts_with("SIP/2.0 401 "));
    }
    const std::string locked = phone.send(user, authorization(first, user, "right", phone.uri, "00000009"));
    CHECK(locked.starts_with("SIP/2.0 403 "));
    CHECK(RawPhone::header(locked, "Retry-After") != "");
    CHECK(phone.send(user, "").starts_with("SIP/2.0 401 "));
  }
  CHECK(!office.driver->registered("1001"));
}

TEST_CASE("who calls as a user of ours must know the password") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawPhone raw(office.driver->port());
  const std::string uri = "sip:8000@" + office.host();
  int sequence = 0;
  const auto invite = [&](const std::string& user, const std::string& more) {
    std::string request = raw.request("INVITE", uri, ++sequence, "<" + uri + ">", more + with_sound, sound);
    request.replace(request.find("sip:raw@"), 8, "sip:" + user + "@");
    raw.send(request);
    std::string answer;
    do answer = raw.receive();
    while (answer.starts_with("SIP/2.0 100 "));
    return answer;
  };

  const std::string challenge = invite("1001", "");
  CHECK(challenge.starts_with("SIP/2.0 401 "));
  CHECK(invite("1001", authorization(challenge, "1001", "wrong", uri, "00000001", "INVITE"))
            .starts_with("SIP/2.0 401 "));
  CHECK(invite("1001", authorization(challenge, "1002", "other", uri, "00000001", "INVITE"))
            .starts_with("SIP/2.0 401 "));
  CHECK(invite("guest", "P-Asserted-Identity: <sip:1001@vcsr>\r\n").starts_with("SIP/2.0 401 "));
  CHECK(office.arrivals.empty());

  std::string request = raw.request("INVITE", uri, ++sequence, "<" + uri + ">",
                                    authorization(challenge, "1001", "right", uri, "00000001", "INVITE") +
                                        "P-Asserted-Identity: <sip:+44900@vcsr>\r\n" + with_sound,
                                    sound);
  request.replace(request.find("sip:raw@"), 8, "sip:1001@");
  raw.send(request);
  REQUIRE(clockwork.run_until([&] { return !office.arrivals.empty(); }));
  CHECK(office.arrivals[0].from.user() == "1001");
  CHECK(office.arrivals[0].phone == "1001");
}

TEST_CASE("a stranger learns from no call whether there is a user") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Desk desk(office);
  const std::string own = "127.0.0.1", dialled = "sip:8000@" + office.host();
  struct Row {
    std::uint32_t source;
    std::string caller, uri, answer, known_as;
  };
  const std::uint32_t elsewhere = INADDR_LOOPBACK + 1;
  const Row rows[] = {
      {elsewhere, "1001@" + own, dialled, "401", ""},
      {elsewhere, "1999@" + own, dialled, "401", ""},
      {elsewhere, "1001@vcsr", dialled, "401", ""},
      {elsewhere, "1999@VCSR", dialled, "401", ""},
      {elsewhere, "1001@pbx.example", "sip:8000@pbx.example", "401", ""},
      {elsewhere, "1999@pbx.example", "sip:8000@pbx.example", "401", ""},
      {elsewhere, "1001@other.example", dialled, "", "sip:anonymous@other.example"},
      {elsewhere, "1999@other.example", dialled, "", "sip:1999@other.example"},
      // Where 1001's telephone is registered, and where our own address may be somebody else's.
      {INADDR_LOOPBACK, "1001@other.example", dialled, "401", ""},
      {INADDR_LOOPBACK, "1999@" + own, dialled, "", "sip:1999@" + own},
  };

  for (const Row& row : rows) {
    CAPTURE(row.caller);
    RawPhone raw(office.driver->port(), row.source);
    std::string request = raw.request("INVITE", row.uri, 1, "<" + row.uri + ">", with_sound, sound);
    const std::string from = "sip:raw@" + raw.host();
    request.replace(request.find(from), from.size(), "sip:" + row.caller);
    const std::size_t before = office.arrivals.size();
    raw.send(request);
    if (row.answer.empty()) {
      REQUIRE(clockwork.run_until([&] { return office.arrivals.size() > before; }));
      CHECK(office.arrivals.back().from.uri == row.known_as);
      CHECK(office.arrivals.back().phone.empty());
    } else {
      std::string answer = raw.receive("SIP/2.0 ");
      while (answer.starts_with("SIP/2.0 100 ")) answer = raw.receive("SIP/2.0 ");
      CHECK(answer.starts_with("SIP/2.0 " + row.answer + " "));
      CHECK(office.arrivals.size() == before);
    }
  }
}

TEST_CASE("requests outside of calls are for nobody") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  const std::string uri = "sip:1001@" + office.host();

  for (const auto& request : {std::pair<std::string, std::string>{"MESSAGE", ""},
                              {"SUBSCRIBE", "Event: presence\r\n"},
                              {"PUBLISH", "Event: presence\r\n"},
                              {"REFER", "Refer-To: <sip:0900@192.0.2.1>\r\n"},
                              {"NOTIFY", "Event: presence\r\nSubscription-State: active\r\n"}}) {
    const std::string &method = request.first, &more = request.second;
    CAPTURE(method);
    RawPhone raw(office.driver->port());
    raw.send(raw.request(method, uri, 1, "<" + uri + ">", more));
    const std::string answer = raw.receive("SIP/2.0 ");
    CAPTURE(answer);
    CHECK((answer.starts_with("SIP/2.0 4") || answer.starts_with("SIP/2.0 501")));
  }
}

TEST_CASE("a host that floods is sent away, and calls go on") {
  Clockwork clockwork;
  SipOptions options = registrar();
  options.max_requests_per_source = 3;
  Office office(clockwork, options);
  RawRegistration phone(office);

  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    const std::string answer = phone.send("1001", "");
    if (!answer.starts_with("SIP/2.0 503 ")) continue;
    ++refused;
    CHECK(RawPhone::header(answer, "Retry-After") == "5");
  }

  CHECK(refused >= 10);
  CHECK(office.driver->statistics().refused == static_cast<std::size_t>(refused));
}

TEST_CASE("a host that goes on flooding is not heard any more, and others are") {
  Clockwork clockwork;
  SipOptions options = registrar();
  options.max_requests_per_source = 3;
  Office office(clockwork, options);
  RawPhone guest(office.driver->port());
  const std::string uri = "sip:" + office.host();

  std::uint32_t host = INADDR_LOOPBACK;
  for (const std::string method : {"REGISTER", "OPTIONS"}) {
    const RawPhone stranger(office.driver->port(), ++host);
    std::string answer = "before";
    for (int i = 1; i <= 100 && !answer.empty(); ++i) {
      stranger.send(stranger.request(method, uri, i, "<sip:1001@vcsr>"));
      answer = stranger.receive(i < 10 ? 5000 : 500);
    }
    CAPTURE(method);
    CHECK(answer.empty());
  }

  guest.send(guest.request("OPTIONS", uri, 1, "<" + uri + ">"));
  CHECK(guest.receive("SIP/2.0 ").starts_with("SIP/2.0 200 "));
}
