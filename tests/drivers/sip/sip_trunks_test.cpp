// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::Party;
using vcsr::test::RawPhone;

namespace {

SipTrunk trunk_to(const std::string& host, double cost, std::vector<std::string> prefixes = {"*"}) {
  SipTrunk trunk;
  trunk.address = "sip:" + host;
  trunk.cost = cost;
  trunk.prefixes = std::move(prefixes);
  trunk.check_every = Duration::zero();
  return trunk;
}

SipOptions over(std::vector<SipTrunk> trunks) {
  SipOptions options = test::with_ports(13000);
  options.trunks = std::move(trunks);
  return options;
}

/// A cheap carrier of few words and a dear one that always takes the call.
struct Carriers {
  explicit Carriers(const std::function<void(SipTrunk&)>& change = {}) {
    std::vector<SipTrunk> trunks = {trunk_to(cheap.host(), 1), trunk_to(dear.host(), 2)};
    trunks[0].answer_time = std::chrono::seconds(1);
    if (change) change(trunks[0]);
    bank.emplace(clockwork, over(std::move(trunks)));
    cheap.talk_to(bank->driver->port());
  }

  bool dear_is_called() {
    return clockwork.run_until([this] { return !dear.callers.empty(); });
  }
  bool told(Party& party, const std::string& what) {
    return clockwork.run_until([&] { return party.heard(what); });
  }

  Clockwork clockwork;
  RawPhone cheap{0};
  Office dear{clockwork, test::with_ports(14000)};
  std::optional<Office> bank;
};

/// A carrier that is known by its name, at two addresses.
struct NamedCarrier {
  explicit NamedCarrier(const std::function<void(SipTrunk&)>& change) {
    SipTrunk trunk = trunk_to("carrier.example:" + std::to_string(here.port()), 1);
    trunk.answer_time = std::chrono::seconds(1);
    change(trunk);
    SipOptions options = over({trunk});
    options.lookup_every = std::chrono::seconds(1);
    options.look_up = [this](const std::string& host) {
      const std::lock_guard lock(mutex);
      ++lookups;
      return host == "carrier.example" ? addresses : std::vector<std::string>();
    };
    bank.emplace(clockwork, options);
    for (const RawPhone* place : {&here, &there}) place->talk_to(bank->driver->port());
  }
  void is_at(std::vector<std::string> now) {
    const std::lock_guard lock(mutex);
    addresses = std::move(now);
    lookups = 0;
  }
  /// So that the answer has reached the SIP thread: a question comes after the answer to the one before.
  void until_looked_up() {
    for (int i = 0; i < 100; ++i) {
      clockwork.run_until([] { return false; }, std::chrono::milliseconds(100));
      const std::lock_guard lock(mutex);
      if (lookups >= 2) return;
    }
  }

  std::mutex mutex;
  int lookups = 0;
  std::vector<std::string> addresses{"127.0.0.1"};
  Clockwork clockwork;
  RawPhone here{0};
  RawPhone there{0, INADDR_LOOPBACK + 1, here.port()};
  std::optional<Office> bank;
};

std::string answer_sdp() {
  return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
         "m=audio 9 RTP/AVP 0\r\n";
}

constexpr const char* challenge = "Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"n1\"\r\n";
constexpr const char* sdp = "Content-Type: application/sdp\r\n";

}  // namespace

TEST_CASE("a number goes out over the trunk with the longest prefix") {
  Clockwork clockwork;
  Office far(clockwork, test::with_ports(14000)), near(clockwork, test::with_ports(15000));
  SipTrunk china = trunk_to(far.host(), 9, {"+86"});
  china.caller_id = Address("+8610555", "The bank");
  Office bank(clockwork, over({trunk_to(near.host(), 1), china}));

  auto caller = bank.dial("tel:+86-10-5551");
  REQUIRE(clockwork.run_until([&] { return !far.callers.empty(); }));
  far.caller().leg->answer();

  CHECK(clockwork.run_until([&] { return caller->heard("answered"); }));
  CHECK(far.arrivals[0].to.uri == "sip:+86105551@" + far.host());
  CHECK(far.arrivals[0].from.user() == "+8610555");
  CHECK(far.arrivals[0].from.name == "The bank");
  CHECK(caller->leg->trunk() == far.host());
  CHECK(far.caller().leg->trunk().empty());
  CHECK(near.callers.empty());
}

TEST_CASE("a number that no trunk grants is dialled nowhere, however it is written") {
  Clockwork clockwork;
  Office carrier(clockwork, test::with_ports(14000));
  SipTrunk trunk = trunk_to(carrier.host(), 1, {"+86"});
  trunk.denied = {"+8616"};
  Office bank(clockwork, over({trunk}));

  for (const std::string& to : {std::string("tel:+49305550001"), std::string("tel:+861600"),
                                "sip:+49305550001@" + carrier.host(), "sip:+861600@" + carrier.host()}) {
    auto caller = bank.dial(to);
    CHECK(clockwork.run_until([&] { return caller->heard("hung up: rejected"); }));
  }

  CHECK(carrier.arrivals.empty());
}

TEST_CASE("hosts that are no trunk's are refused when only trunks may be dialled") {
  Clockwork clockwork;
  Office carrier(clockwork, test::with_ports(14000)), stranger(clockwork, test::with_ports(15000));
  SipOptions options = over({trunk_to(carrier.host(), 1)});
  options.dials_any_host = false;
  Office bank(clockwork, options);

  auto caller = bank.dial("sip:anna@" + stranger.host());

  CHECK(clockwork.run_until([&] { return caller->heard("hung up: rejected"); }));
  CHECK(stranger.arrivals.empty());
}

TEST_CASE("a carrier that has trouble is passed over for the next") {
  for (const char* status : {"503 Service Unavailable", "500 Server Internal Error", "408 Request Timeout"}) {
    CAPTURE(status);
    Carriers carriers;

    auto caller = carriers.bank->dial("tel:5551");
    carriers.cheap.reply(carriers.cheap.receive("INVITE"), status);
    REQUIRE(carriers.dear_is_called());
    carriers.dear.caller().leg->answer();

    CHECK(carriers.told(*caller, "answered"));
  }
}

TEST_CASE("a carrier that says nothing is passed over for the next") {
  Carriers carriers;

  auto caller = carriers.bank->dial("tel:5551");
  REQUIRE(carriers.dear_is_called());
  carriers.dear.caller().leg->answer();
  CHECK(carriers.told(*caller, "answered"));
  caller->leg->hang_up(Cause::normal);

  CHECK(carriers.told(carriers.dear.caller(), "hung up: normal"));
}

TEST_CASE("an answer that comes after its carrier was passed over is hung up") {
  Carriers carriers;
  auto caller = carriers.bank->dial("tel:5551");
  const std::string invite = carriers.cheap.receive("INVITE");
  REQUIRE(carriers.dear_is_called());

  carriers.cheap.reply(invite, "200 OK", sdp, answer_sdp());

  CHECK(carriers.cheap.receive("ACK").starts_with("ACK"));
  CHECK(carriers.cheap.receive("BYE").starts_with("BYE"));
  CHECK_FALSE(caller->heard("answered"));
}

TEST_CASE("what the called party decides is not tried elsewhere") {
  struct Decision {
    const char* status;
    const char* told;
  };
  for (const Decision& decision :
       {Decision{"486 Busy Here", "hung up: busy"}, Decision{"603 Decline", "hung up: rejected"},
        Decision{"404 Not Found", "hung up: not_found"},
        Decision{"480 Temporarily Unavailable", "hung up: unreachable"}}) {
    CAPTURE(decision.status);
    Carriers carriers;

    auto caller = carriers.bank->dial("tel:5551");
    carriers.cheap.reply(carriers.cheap.receive("INVITE"), decision.status);

    CHECK(carriers.told(*caller, decision.told));
    CHECK(carriers.dear.callers.empty());
  }
}

TEST_CASE("a telephone that rang in vain is not rung again over another carrier") {
  Carriers carriers;
  auto caller = carriers.bank->dial("tel:5551");
  const std::string invite = carriers.cheap.receive("INVITE");
  carriers.cheap.reply(invite, "180 Ringing");
  REQUIRE(carriers.told(*caller, "ringing"));

  carriers.cheap.reply(invite, "408 Request Timeout");

  CHECK(carriers.told(*caller, "hung up: no_answer"));
  CHECK(carriers.dear.callers.empty());
}

TEST_CASE("the last trunk's trouble is told when there is none left") {
  Clockwork clockwork;
  RawPhone only(0);
  Office bank(clockwork, over({trunk_to(only.host(), 1)}));
  only.talk_to(bank.driver->port());

  auto caller = bank.dial("tel:5551");
  only.reply(only.receive("INVITE"), "503 Service Unavailable");

  CHECK(clockwork.run_until([&] { return caller->heard("hung up: congestion"); }));
}

TEST_CASE("a full trunk leaves calls to the next, and has room again when one ends") {
  Clockwork clockwork;
  Office carrier(clockwork, test::with_ports(14000));
  SipTrunk trunk = trunk_to(carrier.host(), 1);
  trunk.max_calls = 1;
  Office bank(clockwork, over({trunk}));
  auto first = bank.dial("tel:1");
  REQUIRE(clockwork.run_until([&] { return carrier.callers.size() == 1; }));

  auto second = bank.dial("tel:2");
  CHECK(clockwork.run_until([&] { return second->heard("hung up: congestion"); }));
  first->leg->hang_up(Cause::normal);
  auto third = bank.dial("tel:3");

  CHECK(clockwork.run_until([&] { return carrier.callers.size() == 2; }));
  CHECK(carrier.arrivals[1].to.user() == "3");
}

TEST_CASE("a trunk's challenge is answered, a second realm's is not") {
  Carriers carriers([](SipTrunk& trunk) {
    trunk.user = "bank";
    trunk.password = Secret("secret");
  });
  RawPhone& cheap = carriers.cheap;

  auto first = carriers.bank->dial("tel:1");
  cheap.reply(cheap.receive("INVITE"), "407 Proxy Authentication Required", challenge);
  std::string answered = cheap.receive("INVITE");
  CHECK(RawPhone::header(answered, "Proxy-Authorization").find("username=\"bank\"") != std::string::npos);
  cheap.reply(answered, "486 Busy Here");
  CHECK(carriers.told(*first, "hung up: busy"));

  auto second = carriers.bank->dial("tel:2");
  cheap.reply(cheap.receive("INVITE"), "401 Unauthorized",
              "WWW-Authenticate: Digest realm=\"callee\", nonce=\"n2\"\r\n");
  CHECK(carriers.told(*second, "hung up: rejected"));
}

TEST_CASE("who challenges our re-INVITE or BYE is told no password") {
  Carriers carriers([](SipTrunk& trunk) {
    trunk.user = "bank";
    trunk.password = Secret("secret");
  });
  RawPhone& cheap = carriers.cheap;
  auto caller = carriers.bank->dial("tel:1");
  cheap.reply(cheap.receive("INVITE"), "407 Proxy Authentication Required", challenge);
  cheap.reply(cheap.receive("INVITE"), "200 OK", sdp, answer_sdp());
  REQUIRE(carriers.told(*caller, "answered"));
  cheap.receive("ACK");

  caller->leg->hold();
  const std::string again = cheap.receive("INVITE");
  cheap.reply(again, "407 Proxy Authentication Required", challenge);
  CHECK(cheap.receive("ACK").find("Authorization") == std::string::npos);
  caller->leg->hang_up(Cause::normal);
  const std::string bye = cheap.receive("BYE");
  cheap.reply(bye, "407 Proxy Authentication Required", challenge);
  const std::string after = cheap.receive(1500);

  CHECK(again.find("Authorization") == std::string::npos);
  CHECK(bye.find("Authorization") == std::string::npos);
  CHECK(after.empty());
}

TEST_CASE("a hidden caller is known to the trunk and not to the party") {
  Carriers carriers;
  DialOptions options{.from = Address("tel:+8610555", "The bank"), .hide_from = true};
  Party caller(carriers.clockwork);

  caller.leg = carriers.bank->driver->dial("tel:1", caller, options);
  const std::string invite = carriers.cheap.receive("INVITE");

  CHECK(RawPhone::header(invite, "From").starts_with("\"Anonymous\" <sip:anonymous@anonymous.invalid>"));
  CHECK(RawPhone::header(invite, "Privacy") == "id");
  CHECK(RawPhone::header(invite, "P-Asserted-Identity") ==
        "\"The bank\" <sip:+8610555@" + carriers.cheap.host() + ">");
}

TEST_CASE("a trunk that answers no OPTIONS is tried last until it does") {
  std::mutex mutex;
  std::string log;
  Clockwork clockwork;
  RawPhone cheap(0);
  Office dear(clockwork, test::with_ports(14000));
  SipTrunk trunk = trunk_to(cheap.host(), 1);
  trunk.check_every = std::chrono::seconds(1);
  SipOptions options = over({trunk, trunk_to(dear.host(), 2)});
  options.log = Log(clockwork.loop, {.sink = [&](std::string_view line) {
                      const std::lock_guard lock(mutex);
                      log += line;
                    }});
  const auto logged = [&](const char* what) {
    const std::lock_guard lock(mutex);
    return log.find(what) != std::string::npos;
  };
  const auto until_logged = [&](const char* what) {
    for (int i = 0; i < 100 && !logged(what); ++i)
      clockwork.run_until([] { return false; }, std::chrono::milliseconds(100));
    return logged(what);
  };
  Office bank(clockwork, options);
  cheap.talk_to(bank.driver->port());

  REQUIRE(until_logged("a trunk is down"));
  auto first = bank.dial("tel:1");
  CHECK(clockwork.run_until([&] { return dear.callers.size() == 1; }));
  cheap.reply(cheap.receive("OPTIONS"), "405 Method Not Allowed");
  CHECK(until_logged("a trunk is up again"));
  auto second = bank.dial("tel:2");

  CHECK(cheap.receive("INVITE").starts_with("INVITE sip:2@"));
}

TEST_CASE("a trunk is called where its name is by now, and stays while its name has its address") {
  NamedCarrier carrier([](SipTrunk&) {});
  auto first = carrier.bank->dial("tel:1");
  const std::string invite = carrier.here.receive("INVITE");
  CHECK(invite.starts_with("INVITE sip:1@carrier.example:"));
  carrier.here.reply(invite, "486 Busy Here");

  carrier.is_at({"127.0.0.2", "127.0.0.1"});
  carrier.until_looked_up();
  auto second = carrier.bank->dial("tel:2");
  CHECK(carrier.here.receive("INVITE sip:2@").starts_with("INVITE sip:2@"));

  carrier.is_at({"127.0.0.2"});
  carrier.until_looked_up();
  auto third = carrier.bank->dial("tel:3");
  CHECK(carrier.there.receive("INVITE").starts_with("INVITE sip:3@carrier.example:"));
}

TEST_CASE("a trunk that fails at one of its name's addresses is called at the next") {
  NamedCarrier carrier([](SipTrunk&) {});
  carrier.is_at({"127.0.0.1", "127.0.0.2"});
  auto first = carrier.bank->dial("tel:1");
  SUBCASE("with a refusal") { carrier.here.reply(carrier.here.receive("INVITE"), "503 Service Unavailable"); }
  SUBCASE("in silence") {}
  REQUIRE(carrier.clockwork.run_until([&] { return !first->told.empty(); }));
  carrier.is_at({"127.0.0.1", "127.0.0.2"});
  carrier.until_looked_up();

  auto second = carrier.bank->dial("tel:2");

  CHECK(carrier.there.receive("INVITE").starts_with("INVITE sip:2@"));
}

TEST_CASE("a registrar that fails is looked up at once, and we register where its name is now") {
  NamedCarrier carrier([](SipTrunk& trunk) {
    trunk.registers = true;
    trunk.user = "bank";
  });
  const std::string there = carrier.here.receive("REGISTER");
  carrier.is_at({"127.0.0.2"});
  carrier.here.reply(there, "503 Service Unavailable");

  carrier.until_looked_up();

  CHECK(carrier.there.receive("REGISTER").starts_with("REGISTER sip:carrier.example"));
}
