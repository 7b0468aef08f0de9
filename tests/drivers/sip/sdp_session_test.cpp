// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sdp_session.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

const SdpProfile profile{"192.0.2.100", {Codec::pcmu, Codec::pcma}};

std::string described(const std::string& media, const std::string& address = "192.0.2.1") {
  return "v=0\r\no=- 7 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\n" + media;
}

SdpSession session() {
  SdpSession made(profile, 42);
  made.set_port(30000);
  return made;
}

}  // namespace

TEST_CASE("an offer names all our codecs and the events") {
  SdpSession ours = session();

  CHECK(ours.offer() ==
        "v=0\r\no=- 42 1 IN IP4 192.0.2.100\r\ns=-\r\nc=IN IP4 192.0.2.100\r\nt=0 0\r\n"
        "m=audio 30000 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
        "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n");
}

TEST_CASE("an answer takes the codec we prefer, the party's events, and refuses other media") {
  SdpSession ours = session();

  REQUIRE(
      ours.take_offer(described("m=image 9 udptl :t38\r\nm=audio 4000 RTP/AVP 8 0 96\r\n"
                                "a=rtpmap:96 telephone-event/8000\r\nm=video 5000 RTP/AVP 31 32\r\n")));

  CHECK(ours.answer() ==
        "v=0\r\no=- 42 1 IN IP4 192.0.2.100\r\ns=-\r\nc=IN IP4 192.0.2.100\r\nt=0 0\r\n"
        "m=image 0 udptl :t38\r\nm=audio 30000 RTP/AVP 0 96\r\na=rtpmap:0 PCMU/8000\r\n"
        "a=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
        "m=video 0 RTP/AVP 31\r\n");
  REQUIRE(ours.plan());
  CHECK(ours.plan()->address == "192.0.2.1");
  CHECK(ours.plan()->port == 4000);
  CHECK(ours.plan()->codec == Codec::pcmu);
  CHECK(ours.plan()->telephone_event == 96);
  CHECK(ours.plan()->send);
  CHECK(ours.plan()->receive);
}

TEST_CASE("the party's answer decides the codec") {
  SdpSession ours = session();
  ours.offer();

  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/AVP 8 0\r\n")));

  CHECK(ours.plan()->codec == Codec::pcma);
  CHECK(ours.plan()->telephone_event == -1);
  CHECK(!ours.take_answer(described("m=audio 0 RTP/AVP 0\r\n")));
  CHECK(!ours.take_answer(described("m=audio 4000 RTP/AVP 18\r\n")));
  CHECK(!ours.try_answer("nothing"));
}

TEST_CASE("offers are judged in the terms of SIP, and a bad one leaves what stands") {
  SdpSession ours = session();
  CHECK(ours.try_offer(described("m=audio 4000 RTP/AVP 0\r\n")) == 200);

  CHECK(ours.try_offer(described("m=audio 5000 RTP/AVP 18\r\n")) == 488);
  CHECK(ours.try_offer("v=2") == 400);

  CHECK(ours.plan()->port == 4000);
}

TEST_CASE("directions meet as RFC 3264 has it") {
  struct Row {
    const char* offered;
    bool holding;
    const char* answered;
    bool held, send;
  };
  const Row rows[] = {
      {"sendrecv", false, "sendrecv", false, true}, {"sendonly", false, "recvonly", true, false},
      {"recvonly", false, "sendonly", false, true}, {"inactive", false, "inactive", true, false},
      {"sendrecv", true, "sendonly", false, true},  {"sendonly", true, "inactive", true, false},
      {"recvonly", true, "sendonly", false, true},  {"inactive", true, "inactive", true, false},
  };

  for (const Row& row : rows) {
    CAPTURE(row.offered);
    CAPTURE(row.holding);
    SdpSession ours = session();
    ours.set_holding(row.holding);
    REQUIRE(ours.take_offer(described(std::string("m=audio 4000 RTP/AVP 0\r\na=") + row.offered + "\r\n")));

    CHECK(ours.answer().ends_with(std::string("a=") + row.answered + "\r\n"));
    CHECK(ours.held() == row.held);
    CHECK(ours.plan()->send == row.send);
  }
}

TEST_CASE("an address of nowhere holds, and keeps the real one for later") {
  SdpSession ours = session();
  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\n")));

  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\n", "0.0.0.0")));

  CHECK(ours.held());
  CHECK(ours.answer().ends_with("a=recvonly\r\n"));
  CHECK(!ours.plan()->send);
  CHECK(ours.plan()->address == "192.0.2.1");
}

TEST_CASE("the silence of whoever holds is expected, an announcement is listened to") {
  SdpSession held = session();
  REQUIRE(held.take_offer(described("m=audio 4000 RTP/AVP 0\r\n")));
  CHECK(held.plan()->receive);
  REQUIRE(held.take_offer(described("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n")));
  CHECK(!held.plan()->receive);

  SdpSession announced = session();
  announced.offer();
  REQUIRE(announced.take_answer(described("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n")));
  CHECK(announced.plan()->receive);

  SdpSession holding = session();
  REQUIRE(holding.take_offer(described("m=audio 4000 RTP/AVP 0\r\n")));
  holding.set_holding(true);
  CHECK(holding.offer().find("a=sendonly") != std::string::npos);
  REQUIRE(holding.take_answer(described("m=audio 4000 RTP/AVP 0\r\na=recvonly\r\n")));
  CHECK(!holding.plan()->receive);
  CHECK(!holding.held());
}

TEST_CASE("the version goes up when the description changes, and only then") {
  SdpSession ours = session();
  const auto version = [](const std::string& sdp) { return sdp.substr(sdp.find("42 "), 4); };

  CHECK(version(ours.offer()) == "42 1");
  CHECK(version(ours.offer()) == "42 1");
  ours.set_holding(true);
  CHECK(version(ours.offer()) == "42 2");
  CHECK(ours.last().find("a=sendonly") != std::string::npos);
  ours.set_holding(false);
  CHECK(version(ours.offer()) == "42 3");
}
