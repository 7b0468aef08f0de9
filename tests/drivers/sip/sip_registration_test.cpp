// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/raw_registration.hpp"

using namespace vcsr;
using vcsr::test::authorization;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::Party;
using vcsr::test::RawPhone;
using vcsr::test::RawRegistration;
using vcsr::test::registrar;

namespace {

SipOptions phone(const Office& office, const std::string& user, const std::string& password) {
  SipOptions options = test::with_ports(16000);
  options.registrations = {{"sip:" + office.host(), user, Secret(password)}};
  return options;
}

}  // namespace

TEST_CASE("a phone with the right password is registered, called by its name and gone when it leaves") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Office home(clockwork, phone(office, "1001", "right"));
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));

  auto caller = office.dial("sip:1001");
  REQUIRE(clockwork.run_until([&] { return !home.callers.empty(); }));
  home.caller().leg->answer();
  CHECK(clockwork.run_until([&] { return caller->heard("answered"); }));
  CHECK(home.arrivals[0].to.user() == "1001");
  CHECK(office.driver->statistics().phones == 1);
  home.driver->stop();

  CHECK(clockwork.run_until([&] { return !office.driver->registered("1001"); }));
  CHECK(office.devices == std::vector<std::string>{"1001 reachable", "1001 gone"});
}

TEST_CASE("a phone calls through its registrar as its user") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Office home(clockwork, phone(office, "1002", "other"));
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1002"); }));

  auto caller = home.dial("sip:5000@" + office.host());

  REQUIRE(clockwork.run_until([&] { return !office.arrivals.empty(); }));
  CHECK(office.arrivals[0].from.user() == "1002");
}

TEST_CASE("a wrong password and an unknown user get the same answer") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawRegistration phone(office);

  const std::string first = phone.send("1001", "");
  const std::string wrong = phone.send("1001", authorization(first, "1001", "wrong", phone.uri));
  const std::string unknown = phone.send("9999", authorization(first, "9999", "right", phone.uri));
  const std::string other = phone.send("1002", authorization(first, "1001", "right", phone.uri));

  for (const std::string& answer : {first, wrong, unknown, other}) {
    CHECK(answer.starts_with("SIP/2.0 401 "));
    CHECK(answer.find("stale=true") == std::string::npos);
  }
  CHECK(!office.driver->registered("1001"));
}

TEST_CASE("the answer to a challenge is good once") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawRegistration phone(office);
  const std::string credentials = authorization(phone.send("1001", ""), "1001", "right", phone.uri);

  const std::string good = phone.send("1001", credentials + "Expires: 60\r\n");
  const std::string replayed = phone.send("1001", credentials + "Expires: 60\r\n");

  CHECK(good.starts_with("SIP/2.0 200 "));
  CHECK(RawPhone::header(good, "Contact") == "<sip:raw@" + phone.raw.host() + ">;expires=60");
  CHECK(replayed.starts_with("SIP/2.0 401 "));
  CHECK(replayed.find("stale=true") != std::string::npos);
  CHECK(clockwork.run_until([&] { return office.driver->registered("1001"); }));
}

TEST_CASE("a registration that is not renewed runs out") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawRegistration phone(office);
  const std::string credentials = authorization(phone.send("1001", ""), "1001", "right", phone.uri);

  CHECK(phone.send("1001", credentials + "Expires: 1\r\n").starts_with("SIP/2.0 200 "));
  CHECK(clockwork.run_until([&] { return office.devices.size() == 2; }));

  CHECK(office.devices == std::vector<std::string>{"1001 reachable", "1001 gone"});
}

TEST_CASE("all contacts are taken back with a star") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  RawRegistration phone(office);
  const std::string challenge = phone.send("1001", "");
  REQUIRE(
      phone.send("1001", authorization(challenge, "1001", "right", phone.uri)).starts_with("SIP/2.0 200 "));
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));

  std::string request =
      phone.raw.request("REGISTER", phone.uri, 9, "<sip:1001@vcsr>",
                        authorization(challenge, "1001", "right", phone.uri, "00000002") + "Expires: 0\r\n");
  const std::string contact = "Contact: <sip:raw@" + phone.raw.host() + ">";
  request.replace(request.find(contact), contact.size(), "Contact: *");
  phone.raw.send(request);

  CHECK(phone.raw.receive().starts_with("SIP/2.0 200 "));
  CHECK(clockwork.run_until([&] { return !office.driver->registered("1001"); }));
}

TEST_CASE("without accounts nobody may register") {
  Clockwork clockwork;
  Office office(clockwork, test::with_ports(15000));
  RawRegistration phone(office);

  CHECK(phone.send("1001", "").starts_with("SIP/2.0 405 "));
}

TEST_CASE("a wrong password of ours is told to the log, and asked for once only") {
  std::vector<std::string> lines;
  Clockwork clockwork;
  Office office(clockwork, registrar());
  SipOptions options = phone(office, "1001", "wrong");
  LogOptions log;
  log.sink = [&](std::string_view line) {
    clockwork.loop.post([&, text = std::string(line)] {
      lines.push_back(text);
      clockwork.happened();
    });
  };
  options.log = Log(clockwork.loop, log);
  Office home(clockwork, options);

  CHECK(clockwork.run_until([&] { return !lines.empty(); }));

  CHECK(lines.at(0).find("cannot register") != std::string::npos);
  CHECK(lines.at(0).find("wrong") == std::string::npos);
  CHECK(!office.driver->registered("1001"));
}

namespace {

/// A registrar of somebody else, with which an office has registered.
struct RawRegistrar {
  RawRegistrar() {
    SipOptions options = test::with_ports(16000);
    options.registrations = {{"sip:" + raw.host(), "trunk", Secret("deep")}};
    office = std::make_unique<Office>(clockwork, options);
    raw.talk_to(office->driver->port());
    raw.reply(raw.receive("REGISTER "), "401 Unauthorized", "WWW-Authenticate: " + challenge("carrier"));
    registered = raw.receive("REGISTER ");
    raw.reply(registered, "200 OK", "Expires: 300\r\n");
  }

  static std::string challenge(const std::string& realm) {
    return "Digest realm=\"" + realm + "\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"\r\n";
  }

  Clockwork clockwork;
  RawPhone raw{0};
  std::unique_ptr<Office> office;
  std::string registered;
};

const std::string answer_sdp =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";

}  // namespace

TEST_CASE("a registrar's challenge is answered, also when it challenges our calls") {
  RawRegistrar world;
  CHECK(world.registered.find("Authorization: Digest username=\"trunk\", realm=\"carrier\"") !=
        std::string::npos);
  CHECK(RawPhone::header(world.registered, "Contact").find("sip:trunk@127.0.0.1:") != std::string::npos);

  auto caller = world.office->dial("sip:5000@" + world.raw.host());
  const std::string first = world.raw.receive("INVITE ");
  CHECK(first.find("Authorization:") == std::string::npos);
  world.raw.reply(first, "407 Proxy Authentication Required",
                  "Proxy-Authenticate: " + RawRegistrar::challenge("carrier"));
  CHECK(world.raw.receive("ACK ").starts_with("ACK "));
  const std::string second = world.raw.receive("INVITE ");
  CHECK(second.find("Proxy-Authorization: Digest username=\"trunk\"") != std::string::npos);
  CHECK(RawPhone::header(second, "Call-ID") == RawPhone::header(first, "Call-ID"));
  world.raw.reply(second, "200 OK", "Content-Type: application/sdp\r\n", answer_sdp);

  CHECK(world.clockwork.run_until([&] { return caller->heard("answered"); }));
  CHECK(world.raw.receive("ACK ").starts_with("ACK "));
  CHECK(caller->told == std::vector<std::string>{"answered"});
}

TEST_CASE("a stranger's challenge gets no credentials") {
  RawRegistrar world;
  RawPhone stranger(world.office->driver->port());

  auto through_trunk = world.office->dial("sip:5000@" + world.raw.host());
  world.raw.reply(world.raw.receive("INVITE "), "407 Proxy Authentication Required",
                  "Proxy-Authenticate: " + RawRegistrar::challenge("elsewhere"));
  CHECK(world.clockwork.run_until([&] { return through_trunk->heard("hung up: rejected"); }));
  auto to_stranger = world.office->dial("sip:5000@" + stranger.host());
  stranger.reply(stranger.receive("INVITE "), "401 Unauthorized",
                 "WWW-Authenticate: " + RawRegistrar::challenge("carrier"));
  CHECK(world.clockwork.run_until([&] { return to_stranger->heard("hung up: rejected"); }));

  CHECK(stranger.receive("ACK ").find("deep") == std::string::npos);
  CHECK(stranger.receive(200).empty());
}

TEST_CASE("a redirection is not followed, and early media is heard before the answer") {
  Clockwork clockwork;
  Office office(clockwork, test::with_ports(15000));
  RawPhone raw(office.driver->port());

  auto redirected = office.dial("sip:1@" + raw.host());
  raw.reply(raw.receive("INVITE "), "302 Moved", "Contact: <sip:0900@192.0.2.1>\r\n");
  CHECK(clockwork.run_until([&] { return redirected->heard("hung up: failed"); }));

  auto caller = office.dial("sip:2@" + raw.host());
  const std::string invite = raw.receive("INVITE sip:2@");
  raw.reply(invite, "183 Session Progress", "Content-Type: application/sdp\r\n", answer_sdp);
  CHECK(clockwork.run_until([&] { return caller->heard("ringing"); }));
  raw.reply(invite, "200 OK");
  CHECK(clockwork.run_until([&] { return caller->heard("answered"); }));
}

TEST_CASE("an answer without a description, or with a useless one, ends the call") {
  Clockwork clockwork;
  Office office(clockwork, test::with_ports(15000));
  RawPhone raw(office.driver->port());

  auto silent = office.dial("sip:1@" + raw.host());
  raw.reply(raw.receive("INVITE "), "200 OK");
  CHECK(clockwork.run_until([&] { return silent->heard("hung up: incompatible"); }));
  CHECK(raw.receive("BYE ").starts_with("BYE "));

  auto hostile = office.dial("sip:2@" + raw.host());
  raw.reply(raw.receive("INVITE sip:2@"), "200 OK", "Content-Type: application/sdp\r\n",
            "v=0\r\nm=image 9 udptl :t38\r\n");
  CHECK(clockwork.run_until([&] { return hostile->heard("hung up: incompatible"); }));
}
