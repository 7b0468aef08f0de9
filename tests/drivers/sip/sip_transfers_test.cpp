// SPDX-License-Identifier: Apache-2.0
// Transfers as telephones make them, by hand: REFER, its notifications, Replaces.
#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using namespace vcsr::test;

namespace {

const std::string sdp =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
const std::string sdp_header = "Content-Type: application/sdp\r\n";

/// A telephone with calls to the office.
struct Fixture {
  /// Talks with the office in a dialog of this Call-ID; the dialog's To, with our tag, is returned.
  std::string talk(const std::string& call_id) {
    const std::size_t before = office.callers.size();
    raw.call_id = call_id;
    raw.send(raw.request("INVITE", uri, 1, "<" + uri + ">", sdp_header, sdp));
    REQUIRE(clockwork.run_until([&] { return office.callers.size() > before; }));
    office.caller().leg->answer();
    const std::string to = RawPhone::header(raw.receive("SIP/2.0 200"), "To");
    raw.send(raw.request("ACK", uri, 1, to));
    REQUIRE(clockwork.run_until([&] { return office.caller().heard("answered"); }));
    return to;
  }
  /// The Replaces of a dialog as one in a header names it.
  static std::string dialog(const std::string& call_id, const std::string& to, const std::string& mark) {
    const std::string tag = to.substr(to.find(";tag=") + 5);
    return call_id + mark + "to-tag" + (mark == ";" ? "=" : "%3D") + tag + mark + "from-tag" +
           (mark == ";" ? "=" : "%3D") + "raw" + call_id;
  }
  std::string refer(const std::string& to, const std::string& target) {
    raw.send(raw.request("REFER", uri, 2, to, "Refer-To: <" + target + ">\r\n"));
    clockwork.run_until([&] { return office.callers[0]->told.size() > 1; });
    return raw.receive("SIP/2.0 ");
  }
  std::string notification() {
    const std::string text = raw.receive("NOTIFY ");
    raw.reply(text, "200 OK");
    return text;
  }

  Clockwork clockwork;
  Office office{clockwork, with_ports(18200)};
  RawPhone raw{office.driver->port()};
  std::string uri = "sip:1000@" + office.host();
};

}  // namespace

TEST_CASE("a telephone's transfer is accepted, progresses, and has one final result") {
  Fixture world;
  const std::string to = world.talk("one");

  CHECK(world.refer(to, "sip:2000@127.0.0.1").starts_with("SIP/2.0 202"));
  const std::string progress = world.notification();
  CHECK(progress.find("SIP/2.0 100 Trying") != std::string::npos);
  CHECK(RawPhone::header(progress, "Subscription-State").starts_with("active"));

  world.office.caller().leg->transfer_ended(Cause::busy);

  const std::string result = world.notification();
  CHECK(result.find("SIP/2.0 486 Busy Here") != std::string::npos);
  CHECK(RawPhone::header(result, "Subscription-State").starts_with("terminated"));
  CHECK(RawPhone::header(result, "Event").starts_with("refer"));
  CHECK_FALSE(world.office.caller().heard("hung up: normal"));
}

TEST_CASE("a telephone transfers to a telephone number") {
  Fixture world;
  const std::string to = world.talk("one");

  CHECK(world.refer(to, "tel:+86-10-5555-0001").starts_with("SIP/2.0 202"));

  CHECK(world.office.caller().heard("transfer to tel:+86-10-5555-0001"));
}

TEST_CASE("a telephone names its other call as the target of a transfer") {
  Fixture world;
  const std::string first = world.talk("one");
  const std::string second = world.talk("two");
  world.raw.call_id = "one";

  const std::string answer =
      world.refer(first, "sip:2000@127.0.0.1?Replaces=" + Fixture::dialog("two", second, "%3B"));

  CHECK(answer.starts_with("SIP/2.0 202"));
  CHECK(world.office.callers[0]->transfer_to == world.office.callers[1]->leg.get());
}

TEST_CASE("a transfer that names a call of nobody here is declined") {
  Fixture world;
  const std::string to = world.talk("one");

  world.raw.send(
      world.raw.request("REFER", world.uri, 2, to,
                        "Refer-To: <sip:2000@127.0.0.1?Replaces=x%3Bto-tag%3D1%3Bfrom-tag%3D2>\r\n"));

  CHECK(world.raw.receive("SIP/2.0 ").starts_with("SIP/2.0 603"));
}

TEST_CASE("a telephone takes another's place in a call, and only in one that there is") {
  Fixture world;
  const std::string to = world.talk("one");
  Party& bob = world.office.caller();
  RawPhone other(world.office.driver->port());
  const auto pick_up = [&](int sequence, const std::string& dialog) {
    other.send(other.request("INVITE", world.uri, sequence, "<" + world.uri + ">",
                             sdp_header + "Require: replaces\r\nReplaces: " + dialog + "\r\n", sdp));
  };

  SUBCASE("one that there is") {
    pick_up(1, Fixture::dialog("one", to, ";"));
    REQUIRE(world.clockwork.run_until([&] { return bob.heard("replaced by raw"); }));
    const std::string answer = other.receive("SIP/2.0 200");
    other.send(other.request("ACK", world.uri, 1, RawPhone::header(answer, "To")));
    CHECK(world.raw.receive("BYE ").starts_with("BYE "));
    CHECK(world.office.callers.size() == 1);
  }
  SUBCASE("one whose party does not give way") {
    bob.gives_way = false;
    pick_up(1, Fixture::dialog("one", to, ";"));
    REQUIRE(world.clockwork.run_until([&] { return bob.heard("replaced by raw"); }));
    CHECK(other.receive("SIP/2.0 603").starts_with("SIP/2.0 603"));
  }
  SUBCASE("one that there is not") {
    pick_up(1, "one;to-tag=wrong;from-tag=wrong");
    CHECK(other.receive("SIP/2.0 4").starts_with("SIP/2.0 481"));
  }
  SUBCASE("one that was answered, though only ringing ones were wanted") {
    pick_up(1, Fixture::dialog("one", to, ";") + ";early-only");
    CHECK(other.receive("SIP/2.0 4").starts_with("SIP/2.0 486"));
  }
}
