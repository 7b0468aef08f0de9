// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/raw_registration.hpp"

using namespace vcsr;
using vcsr::test::authorization;
using vcsr::test::between;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::RawPhone;
using vcsr::test::registrar;

namespace {

/// A telephone that subscribes to the messages of 1001.
struct Watcher {
  explicit Watcher(const Office& office) : raw(office.driver->port()), uri("sip:1001@" + office.host()) {}

  std::string send(const std::string& more, const std::string& to = "<sip:1001@vcsr>") {
    raw.send(raw.request("SUBSCRIBE", uri, ++sequence, to, "Event: message-summary\r\n" + more));
    return raw.receive("SIP/2.0 ");
  }
  /// With the password.
  std::string subscribe(const std::string& expires, const std::string& password = "right") {
    const std::string challenge = send("");
    CHECK(challenge.starts_with("SIP/2.0 401 "));
    return send(authorization(challenge, "1001", password, uri, "00000001", "SUBSCRIBE") +
                "Expires: " + expires + "\r\n");
  }
  /// The next NOTIFY, answered.
  std::string told(const std::string& status = "200 OK") const {
    const std::string notify = raw.receive("NOTIFY ");
    raw.reply(notify, status);
    return notify;
  }

  RawPhone raw;
  std::string uri;
  int sequence = 0;
};

std::string count_of(const std::string& notify) { return between(notify, "Voice-Message: ", " "); }

}  // namespace

TEST_CASE("a telephone that subscribes is told of its messages at once and whenever they change") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  office.driver->notify_messages("sip:1001", {.fresh = 2, .heard = 1});
  Watcher watcher(office);

  const std::string answer = watcher.subscribe("600");
  CHECK(answer.starts_with("SIP/2.0 200 "));
  CHECK(RawPhone::header(answer, "Expires") == "600");
  const std::string first = watcher.told();
  CHECK(count_of(first) == "2/1");
  CHECK(RawPhone::header(first, "Event") == "message-summary");
  CHECK(RawPhone::header(first, "Content-Type") == "application/simple-message-summary");
  CHECK(RawPhone::header(first, "Subscription-State").starts_with("active;expires="));
  CHECK(RawPhone::header(first, "Call-ID") == watcher.raw.call_id);

  office.driver->notify_messages("sip:1001", {.fresh = 3, .heard = 1});
  office.driver->notify_messages("sip:1002", {.fresh = 9, .heard = 9});
  CHECK(count_of(watcher.told()) == "3/1");
  office.driver->notify_messages("sip:1001", {});
  CHECK(count_of(watcher.told()) == "0/0");
}

TEST_CASE("a subscription is renewed within its dialog, and is over when it is given back") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Watcher watcher(office);
  const std::string answer = watcher.subscribe("600");
  watcher.told();

  const std::string within = RawPhone::header(answer, "To");
  const std::string renewed = watcher.send("Expires: 7200\r\n", within);
  CHECK(renewed.starts_with("SIP/2.0 200 "));
  CHECK(RawPhone::header(renewed, "Expires") == "3600");
  const std::string again = watcher.told();
  CHECK(RawPhone::header(again, "Subscription-State").starts_with("active;"));
  CHECK(count_of(again) == "0/0");

  CHECK(watcher.send("Expires: 0\r\n", within).starts_with("SIP/2.0 200 "));
  CHECK(RawPhone::header(watcher.told(), "Subscription-State").starts_with("terminated"));
  office.driver->notify_messages("sip:1001", {.fresh = 1, .heard = 0});
  CHECK(watcher.raw.receive(300).empty());
}

TEST_CASE("a subscription that nobody renews ends by itself") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Watcher watcher(office);

  watcher.subscribe("1");
  watcher.told();

  CHECK(RawPhone::header(watcher.told(), "Subscription-State").starts_with("terminated"));
}

TEST_CASE("a telephone that knows its subscription no more is left alone") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Watcher watcher(office);
  watcher.subscribe("600");
  watcher.told();

  office.driver->notify_messages("sip:1001", {.fresh = 1, .heard = 0});
  CHECK(count_of(watcher.told("481 Subscription Does Not Exist")) == "1/0");
  office.driver->notify_messages("sip:1001", {.fresh = 2, .heard = 0});

  CHECK(watcher.raw.receive(300).empty());
}

TEST_CASE("nobody hears of messages without the password of their user") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Watcher watcher(office);

  CHECK(watcher.subscribe("600", "wrong").starts_with("SIP/2.0 401 "));
  const std::string challenge = watcher.send("");
  CHECK(watcher.send(authorization(challenge, "1002", "other", watcher.uri, "00000001", "SUBSCRIBE"))
            .starts_with("SIP/2.0 401 "));
  office.driver->notify_messages("sip:1001", {.fresh = 1, .heard = 0});
  CHECK(watcher.raw.receive(300).empty());
}

TEST_CASE("a user has so many subscriptions and no more") {
  Clockwork clockwork;
  SipOptions options = registrar();
  options.max_contacts = 1;
  Office office(clockwork, options);
  Watcher desk(office), home(office);

  CHECK(desk.subscribe("600").starts_with("SIP/2.0 200 "));
  CHECK(home.subscribe("600").starts_with("SIP/2.0 403 "));
}

TEST_CASE("a telephone that registers and subscribes is told once of every change") {
  Clockwork clockwork;
  Office office(clockwork, registrar());
  Watcher watcher(office);
  const std::string registrar_uri = "sip:" + office.host();
  const auto enlist = [&](const std::string& more) {
    watcher.raw.send(
        watcher.raw.request("REGISTER", registrar_uri, ++watcher.sequence, "<sip:1001@vcsr>", more));
    return watcher.raw.receive();
  };
  CHECK(enlist(authorization(enlist(""), "1001", "right", registrar_uri)).starts_with("SIP/2.0 200 "));
  REQUIRE(clockwork.run_until([&] { return office.driver->registered("1001"); }));
  watcher.subscribe("600");
  watcher.told();

  office.driver->notify_messages("sip:1001", {.fresh = 1, .heard = 0});

  CHECK(RawPhone::header(watcher.told(), "Subscription-State").starts_with("active;"));
  CHECK(watcher.raw.receive(300).empty());
}
