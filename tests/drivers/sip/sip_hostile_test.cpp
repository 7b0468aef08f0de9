// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::RawPhone;

namespace {

const std::string sdp_head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
const std::string sdp_audio = "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
const std::string sdp_header = "Content-Type: application/sdp\r\n";

struct Fixture {
  Clockwork clockwork;
  Office office{clockwork, test::with_ports(17000)};
  RawPhone raw{office.driver->port()};
  std::string uri = "sip:1000@" + office.host();
  std::string to = "<" + uri + ">";

  bool alive() {
    RawPhone other(office.driver->port());
    other.send(other.request("OPTIONS", uri, 1, to));
    return other.receive().starts_with("SIP/2.0 200 ");
  }
  /// Sends an INVITE with this body and gives the answer after 100.
  std::string invite(const std::string& body, const std::string& more = sdp_header) {
    raw.call_id += "x";
    raw.send(raw.request("INVITE", uri, 1, to, more, body));
    std::string answer = raw.receive();
    while (answer.starts_with("SIP/2.0 100 ")) answer = raw.receive();
    acknowledge(answer);
    return answer;
  }
  void acknowledge(const std::string& answer, const std::string& body = {}) {
    std::string ack =
        raw.request("ACK", uri, 1, RawPhone::header(answer, "To"), body.empty() ? "" : sdp_header, body);
    const std::string own = "1ACK;rport";
    // The ACK to a refusal belongs to the INVITE's transaction, the one to 200 does not.
    if (!answer.starts_with("SIP/2.0 2")) ack.replace(ack.find(own), own.size(), "1INVITE;rport");
    raw.send(ack);
  }
};

}  // namespace

TEST_CASE("OPTIONS is answered with what we can") {
  Fixture world;
  world.raw.send(world.raw.request("OPTIONS", world.uri, 1, world.to));

  const std::string answer = world.raw.receive();

  CHECK(answer.starts_with("SIP/2.0 200 "));
  CHECK(RawPhone::header(answer, "Allow").find("REFER") != std::string::npos);
  CHECK(RawPhone::header(answer, "Accept") == "application/sdp");
  CHECK(RawPhone::header(answer, "User-Agent") == "vcsr");
  CHECK(answer.find("sofia") == std::string::npos);
}

TEST_CASE("methods nobody needs are denied") {
  Fixture world;

  for (const std::string method : {"MESSAGE", "SUBSCRIBE", "PUBLISH", "REGISTER", "DANCE"}) {
    CAPTURE(method);
    world.raw.call_id += method;
    world.raw.send(world.raw.request(method, world.uri, 1, world.to, "Event: presence\r\n"));
    const std::string answer = world.raw.receive();
    const bool denied = answer.starts_with("SIP/2.0 405 ") || answer.starts_with("SIP/2.0 501 ");
    CHECK(denied);
  }
  world.raw.call_id += "refer";
  world.raw.send(world.raw.request("REFER", world.uri, 1, world.to, "Refer-To: <sip:x@127.0.0.1>\r\n"));
  CHECK(world.raw.receive("SIP/2.0").starts_with("SIP/2.0 403 "));
  world.raw.call_id += "info";
  world.raw.send(world.raw.request("INFO", world.uri, 1, world.to + ";tag=gone"));
  CHECK(world.raw.receive("SIP/2.0").starts_with("SIP/2.0 481 "));
  CHECK(world.alive());
}

TEST_CASE(
    "a caller that goes by a name is hung up where its packets come from, and nothing looks the name up") {
  Fixture world;
  world.raw.contact = "nowhere.invalid";
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header, sdp_head + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  world.office.caller().leg->answer();
  world.acknowledge(world.raw.receive("SIP/2.0 200"));
  REQUIRE(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));

  world.office.caller().leg->hang_up(Cause::normal);

  CHECK(world.raw.receive("BYE").starts_with("BYE sip:raw@nowhere.invalid "));
  CHECK(world.alive());
}

TEST_CASE("an m-line that hangs other parsers is refused beside the audio or with it") {
  Fixture world;

  CHECK(world.invite(sdp_head + "m=image 9 udptl :t38\r\n").starts_with("SIP/2.0 488 "));
  CHECK(world.alive());
  CHECK(world.office.arrivals.empty());

  world.raw.call_id += "both";
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header,
                                   sdp_head + "m=image 9 udptl :t38\r\n" + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  world.office.caller().leg->answer();
  const std::string answer = world.raw.receive("SIP/2.0 200");
  CHECK(answer.find("m=image 0 udptl :t38\r\nm=audio ") != std::string::npos);
  world.acknowledge(answer);
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
  CHECK(world.alive());
}

TEST_CASE("an m-line that hangs other parsers changes nothing in a call that has been made") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header, sdp_head + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  world.office.caller().leg->answer();
  const std::string answer = world.raw.receive("SIP/2.0 200");
  world.acknowledge(answer);
  REQUIRE(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
  const std::string to = RawPhone::header(answer, "To");
  const std::string fax = sdp_head + "m=image 9 udptl :t38\r\n";

  world.raw.send(world.raw.request("INVITE", world.uri, 2, to, sdp_header, fax));
  const std::string refused = world.raw.receive("SIP/2.0 488");
  CHECK(refused.find("CSeq: 2 INVITE") != std::string::npos);
  world.raw.send(world.raw.request("UPDATE", world.uri, 3, to, sdp_header, fax));
  CHECK(world.raw.receive("SIP/2.0 488").find("CSeq: 3 UPDATE") != std::string::npos);
  CHECK(world.alive());
  world.raw.send(world.raw.request("INVITE", world.uri, 4, to, sdp_header,
                                   sdp_head + "m=image 9 udptl :t38\r\n" + sdp_audio));
  const std::string taken = world.raw.receive("SIP/2.0 200");
  CHECK(taken.find("m=image 0 udptl :t38\r\nm=audio ") != std::string::npos);
  world.raw.send(world.raw.request("ACK", world.uri, 4, to));
  world.raw.send(world.raw.request("BYE", world.uri, 5, to));
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("hung up: normal"); }));
}

TEST_CASE("an answer whose m-line hangs other parsers ends the call as incompatible") {
  for (const std::string progress : {"", "183 Session Progress"}) {
    CAPTURE(progress);
    Fixture world;
    auto caller = world.office.dial("sip:x@" + world.raw.host());
    const std::string invite = world.raw.receive("INVITE ");
    REQUIRE(invite.starts_with("INVITE "));
    const std::string fax = sdp_head + "m=image 9 udptl :t38\r\n";

    if (!progress.empty()) world.raw.reply(invite, progress, sdp_header, fax);
    world.raw.reply(invite, "200 OK", sdp_header, fax);

    CHECK(world.raw.receive("ACK ").starts_with("ACK "));
    CHECK(world.clockwork.run_until([&] { return caller->heard("hung up: incompatible"); }));
    CHECK(world.alive());
  }
}

TEST_CASE("a caller who accepts no description is told what we have") {
  Fixture world;

  const std::string refused =
      world.invite(sdp_head + sdp_audio, sdp_header + "Accept: text/plain, image/*\r\n");
  CHECK(refused.starts_with("SIP/2.0 406 "));
  CHECK(RawPhone::header(refused, "Accept") == "application/sdp");
  CHECK(world.office.arrivals.empty());

  world.raw.call_id += "y";
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to,
                                   sdp_header + "Accept: text/plain, application/*;q=0.3\r\n",
                                   sdp_head + sdp_audio));
  CHECK(world.clockwork.run_until([&] { return !world.office.arrivals.empty(); }));
}

TEST_CASE("a body that is no description is refused") {
  Fixture world;

  CHECK(world.invite("hello").starts_with("SIP/2.0 400 "));
  CHECK(world.invite("v=0\r\nx").starts_with("SIP/2.0 400 "));
  CHECK(world.invite(sdp_head + "m=audio 99999 RTP/AVP 0\r\n").starts_with("SIP/2.0 400 "));
  CHECK(world.invite(sdp_head + "m=audio 4000 RTP/SAVP 0\r\n").starts_with("SIP/2.0 488 "));
  CHECK(world.invite("<xml/>", "Content-Type: text/xml\r\n").starts_with("SIP/2.0 415 "));
  CHECK(world.office.arrivals.empty());
  CHECK(world.alive());
}

TEST_CASE("garbage does not keep the server from answering") {
  Fixture world;
  const std::string good =
      world.raw.request("INVITE", world.uri, 1, world.to, sdp_header, sdp_head + sdp_audio);
  std::vector<std::string> garbage = {
      "",
      "\r\n\r\n",
      std::string(2000, '\0'),
      std::string(65000, 'A'),
      "SIP/2.0 200 OK\r\n\r\n",
      "INVITE sip:x SIP/7.0\r\n\r\n",
      "INVITE  sip:x  SIP/2.0\r\nVia: SIP/2.0/UDP ;;,;;,;\r\n\r\n",
      "OPTIONS sip:a@b SIP/2.0\r\nTo: \"unterminated <sip:x>\r\nCSeq: 99999999999999999999 OPTIONS\r\n\r\n",
      "REGISTER sip:x SIP/2.0\r\nContact: *, <sip:x>;expires=-1\r\nAuthorization: Digest ,,,=\"\"\r\n\r\n"};
  for (std::size_t cut = 0; cut < good.size(); cut += 7) garbage.push_back(good.substr(0, cut));
  for (std::size_t at = 0; at < good.size(); at += 5) {
    std::string bent = good;
    bent[at] = static_cast<char>(bent[at] ^ 0x80);
    garbage.push_back(bent);
  }

  for (const std::string& text : garbage) world.raw.send(text);

  CHECK(world.alive());
}

// Seen to fail only where name servers are silent, as in a network that was cut off.
TEST_CASE("an answer to a host that nobody knows holds nobody up") {
  Fixture world;

  for (const std::string name : {"a.example.invalid", "b.example.invalid", "c.example.invalid"})
    world.raw.send("OPTIONS sip:x SIP/7.0\r\nVia: SIP/7.0/UDP " + name + ";branch=z9hG4bK" + name +
                   "\r\nMax-Forwards: 70\r\nFrom: <sip:x@" + name + ">;tag=1\r\nTo: <sip:x>\r\nCall-ID: " +
                   name + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");

  CHECK(world.alive());
}

// The stack answered a BYE that it could not send by another, until its thread had no memory left for calls.
TEST_CASE("a party that is nowhere is hung up where it came from") {
  for (const std::string nowhere :
       {"tel:+4930123456", "http://127.0.0.1/", "*", "sip:raw@nowhere.example.invalid"}) {
    for (const bool later : {false, true}) {
      CAPTURE(nowhere);
      CAPTURE(later);
      Fixture world;
      const auto request = [&](int sequence, const std::string& to, bool bent) {
        std::string text =
            world.raw.request("INVITE", world.uri, sequence, to, sdp_header, sdp_head + sdp_audio);
        const std::size_t at = text.find("Contact: <") + 10;
        if (bent) text.replace(at, text.find('>', at) - at, nowhere);
        return text;
      };
      world.raw.send(request(1, world.to, !later));
      REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
      world.office.caller().leg->answer();
      const std::string answer = world.raw.receive("SIP/2.0 200");
      world.acknowledge(answer);
      REQUIRE(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
      if (later) {
        world.raw.send(request(2, RawPhone::header(answer, "To"), true));
        REQUIRE(world.raw.receive("SIP/2.0 200").starts_with("SIP/2.0 200"));
      }

      world.office.caller().leg->hang_up(Cause::normal);

      CHECK(world.raw.receive("BYE ").starts_with("BYE "));
    }
  }
}

TEST_CASE("a caller who does not say where she is is hung up where she came from") {
  for (const std::string from :
       {"<sip:raw@nowhere.example.invalid>", "nobody%20there@nowhere.example.invalid"}) {
    CAPTURE(from);
    Fixture world;
    std::string invite =
        world.raw.request("INVITE", world.uri, 1, world.to, sdp_header, sdp_head + sdp_audio);
    for (const auto& [header, instead] :
         {std::pair<std::string, std::string>{"Contact: ", ""},
          {"From: ", "From: " + from + ";tag=raw" + world.raw.call_id + "\r\n"}}) {
      const std::size_t at = invite.find(header);
      invite.replace(at, invite.find("\r\n", at) + 2 - at, instead);
    }
    world.raw.send(invite);
    REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));

    world.office.caller().leg->answer();
    world.acknowledge(world.raw.receive("SIP/2.0 200"));
    REQUIRE(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
    world.office.caller().leg->hang_up(Cause::normal);

    CHECK(world.raw.receive("BYE ").starts_with("BYE "));
  }
}

TEST_CASE("a called party that does not say where it is is acknowledged and hung up where it answered") {
  Clockwork clockwork;
  SipOptions options = test::with_ports(17000);
  options.look_up = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  Office office(clockwork, options);
  RawPhone raw(office.driver->port());
  raw.says_where = false;
  auto leg = office.dial("sip:raw@nowhere.example.invalid:" + std::to_string(raw.port()));

  std::string invite;
  for (int i = 0; i < 100 && invite.empty(); ++i) {
    clockwork.run_until([] { return false; }, std::chrono::milliseconds(50));
    invite = raw.receive(0);
  }

  raw.reply(invite, "200 OK", sdp_header, sdp_head + sdp_audio);

  CHECK(raw.receive("ACK ").starts_with("ACK "));
  REQUIRE(clockwork.run_until([&] { return leg->heard("answered"); }));
  leg->leg->hang_up(Cause::normal);
  CHECK(raw.receive("BYE ").starts_with("BYE "));
}

TEST_CASE("an INVITE without an offer is given one, and the ACK brings the answer") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));

  world.office.caller().leg->answer();
  const std::string offer = world.raw.receive("SIP/2.0 200");
  CHECK(offer.find("m=audio ") != std::string::npos);
  CHECK(offer.find("a=rtpmap:8 PCMA/8000") != std::string::npos);
  world.acknowledge(offer, sdp_head + sdp_audio);

  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
}

TEST_CASE("an INVITE without an offer, and without an answer in its ACK, ends") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));

  world.office.caller().leg->answer();
  world.acknowledge(world.raw.receive("SIP/2.0 200"));

  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("hung up: incompatible"); }));
  CHECK(world.raw.receive("BYE ").starts_with("BYE "));
}

TEST_CASE("early media to a caller without an offer fails with the remedy") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  const auto beep = std::make_shared<const Sound>(std::vector<std::int16_t>(160, 1000));

  world.office.caller().leg->play(Prompt::sound(beep), "en");

  CHECK(world.clockwork.run_until([&] { return world.office.caller().told.size() == 1; }));
  CHECK(world.office.caller().told[0].find("answer it first") != std::string::npos);
}

TEST_CASE("the asserted identity goes before what the caller claims") {
  Fixture world;
  world.raw.send(
      world.raw.request("INVITE", world.uri, 1, world.to,
                        sdp_header + "P-Asserted-Identity: \"Bank, Inc.\" <sip:+8610@trusted.example>\r\n",
                        sdp_head + sdp_audio));

  REQUIRE(world.clockwork.run_until([&] { return !world.office.arrivals.empty(); }));
  CHECK(world.office.arrivals[0].from == Address("sip:+8610@trusted.example", "Bank, Inc."));
  CHECK(world.office.arrivals[0].id == world.raw.call_id);
}

TEST_CASE("a call is held by an address of nowhere, by UPDATE, and pressed keys come by INFO") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header, sdp_head + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  world.office.caller().leg->answer();
  const std::string answer = world.raw.receive("SIP/2.0 200");
  world.acknowledge(answer);
  REQUIRE(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
  const std::string to = RawPhone::header(answer, "To");

  world.raw.send(world.raw.request(
      "INVITE", world.uri, 2, to, sdp_header,
      "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n" + sdp_audio));
  const std::string held = world.raw.receive("SIP/2.0 200");
  world.raw.send(world.raw.request("ACK", world.uri, 2, to));
  CHECK(held.find("a=recvonly") != std::string::npos);
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("held"); }));

  world.raw.send(world.raw.request("UPDATE", world.uri, 3, to, sdp_header, sdp_head + sdp_audio));
  const std::string updated = world.raw.receive("SIP/2.0 200");
  CHECK(updated.find("a=sendrecv") != std::string::npos);
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("retrieved"); }));

  world.raw.send(world.raw.request("UPDATE", world.uri, 4, to));
  CHECK(world.raw.receive("SIP/2.0 200").find("CSeq: 4 UPDATE") != std::string::npos);
  world.raw.send(world.raw.request("INFO", world.uri, 5, to, "Content-Type: application/dtmf-relay\r\n",
                                   "Signal=7\r\nDuration=160\r\n"));
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("digit 7"); }));
  CHECK(world.raw.receive("SIP/2.0 200").find("CSeq: 5 INFO") != std::string::npos);

  world.raw.send(world.raw.request("BYE", world.uri, 6, to, "Reason: Q.850;cause=17\r\n"));
  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("hung up: busy"); }));
}

TEST_CASE("a reliable provisional response with early media is acknowledged by PRACK") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header + "Supported: 100rel\r\n",
                                   sdp_head + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  const auto beep = std::make_shared<const Sound>(std::vector<std::int16_t>(160, 1000));

  world.office.caller().leg->play(Prompt::sound(beep), "en");
  const std::string progress = world.raw.receive("SIP/2.0 183");
  CHECK(progress.find("m=audio ") != std::string::npos);
  world.office.caller().leg->answer();
  world.raw.send(world.raw.request("PRACK", world.uri, 2, RawPhone::header(progress, "To"),
                                   "RAck: " + RawPhone::header(progress, "RSeq") + " 1 INVITE\r\n"));
  std::string answer = world.raw.receive("SIP/2.0 200");
  if (answer.find("CSeq: 2 PRACK") != std::string::npos) answer = world.raw.receive("SIP/2.0 200");
  CHECK(answer.find("CSeq: 1 INVITE") != std::string::npos);
  world.acknowledge(answer);

  CHECK(world.clockwork.run_until([&] { return world.office.caller().heard("answered"); }));
}

TEST_CASE("an office closes quietly while requests of every kind are open") {
  Fixture world;
  world.raw.send(world.raw.request("INVITE", world.uri, 1, world.to, sdp_header + "Require: 100rel\r\n",
                                   sdp_head + sdp_audio));
  REQUIRE(world.clockwork.run_until([&] { return !world.office.callers.empty(); }));
  world.office.caller().leg->ring();
  REQUIRE(world.raw.receive("SIP/2.0 180").starts_with("SIP/2.0 180"));
  auto unanswered = world.office.dial("sip:x@" + world.raw.host());
  REQUIRE(world.raw.receive("INVITE ").starts_with("INVITE "));

  world.office.driver->stop();

  CHECK(world.office.driver->statistics().calls == 0);
  CHECK(world.office.caller().told.empty());
}
