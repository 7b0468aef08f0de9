// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/sdp_session.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

const SdpProfile profile{"192.0.2.100", {SipCodec::opus, SipCodec::g722, SipCodec::pcma}};
const std::string fmtp = " maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0;useinbandfec=1\r\n";

std::string described(const std::string& media) {
  return "v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + media;
}

SdpSession session(const SdpProfile& ours = profile) {
  SdpSession made(ours, 42);
  made.set_port(30000);
  return made;
}

}  // namespace

TEST_CASE("an offer names wide codecs as their papers have it") {
  CHECK(session().offer().ends_with(
      "m=audio 30000 RTP/AVP 112 9 8 101 102\r\na=rtpmap:112 opus/48000/2\r\na=fmtp:112" + fmtp +
      "a=rtpmap:9 G722/8000\r\na=rtpmap:8 PCMA/8000\r\n"
      "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
      "a=rtpmap:102 telephone-event/48000\r\na=fmtp:102 0-15\r\na=ptime:20\r\na=sendrecv\r\n"));
}

TEST_CASE("of an offer the codec we prefer is taken, under the payload type it has there") {
  SdpSession ours = session();

  REQUIRE(
      ours.take_offer(described("m=audio 4000 RTP/AVP 8 9 96 101\r\na=fmtp:96 useinbandfec=1; stereo=1\r\n"
                                "a=rtpmap:96 OPUS/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n")));

  CHECK(ours.answer().find("m=audio 30000 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96" + fmtp) !=
        std::string::npos);
  CHECK(ours.plan()->wire == WireCodec{SipCodec::opus, 96, true});
  CHECK(ours.plan()->codec == Codec::pcma);  // inside
  CHECK(ours.plan()->events.narrow == 101);
  // What was agreed keeps its number, whatever it is that we say ourselves.
  CHECK(ours.offer().find("RTP/AVP 96 9 8 101 102\r\n") != std::string::npos);
}

TEST_CASE("the party's answer decides among wide codecs too") {
  SdpSession ours = session();
  ours.offer();

  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/AVP 9 112\r\na=rtpmap:112 opus/48000/2\r\n")));
  CHECK(ours.plan()->wire == WireCodec{SipCodec::g722, 9});

  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/AVP 8\r\n")));
  CHECK(ours.plan()->codec == Codec::pcma);
  CHECK_FALSE(ours.plan()->wire);
}

TEST_CASE("what only looks like Opus or G.722 is not taken") {
  for (const char* media :
       {"m=audio 4000 RTP/AVP 112\r\n", "m=audio 4000 RTP/AVP 112\r\na=rtpmap:112 opus/48000\r\n",
        "m=audio 4000 RTP/AVP 112\r\na=rtpmap:112 opus/16000/2\r\n",
        "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 opus/48000/2\r\n",
        "m=audio 4000 RTP/AVP 9\r\na=rtpmap:9 G722/16000\r\n",
        "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 speex/8000\r\na=fmtp:97 mode=3\r\n"}) {
    CAPTURE(media);
    CHECK(session().try_offer(described(media)) == 488);
  }
}

TEST_CASE("parameters of Opus that make no sense change nothing") {
  struct Row {
    const char* parameters;
    WireCodec wire;
  };
  const Row rows[] = {
      {"useinbandfec=1;maxaveragebitrate=12000", {SipCodec::opus, 112, true, 12000}},
      {"UseInbandFEC=1 ;;; = ;usedtx", {SipCodec::opus, 112, false, 0}},
      {"maxaveragebitrate=fast; useinbandfec=1", {SipCodec::opus, 112, true, 0}},
      {"maxaveragebitrate=5", {SipCodec::opus, 112, false, 0}},
      {"maxaveragebitrate=99999999999", {SipCodec::opus, 112, false, 0}},
      {"useinbandfec", {SipCodec::opus, 112, false, 0}},
      {"", {SipCodec::opus, 112, false, 0}},
  };

  for (const Row& row : rows) {
    CAPTURE(row.parameters);
    SdpSession ours = session();
    REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 112\r\na=rtpmap:112 opus/48000/2\r\na=fmtp:112 " +
                                      std::string(row.parameters) +
                                      "\r\na=fmtp:99 useinbandfec=1\r\na=fmtp:x\r\n")));
    CHECK(ours.plan()->wire == row.wire);
  }
}

TEST_CASE("events keep their payload type though Opus would like it") {
  SdpSession ours = session();
  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 8 112\r\na=rtpmap:112 telephone-event/8000\r\n")));

  CHECK(ours.offer().find("RTP/AVP 113 9 8 112 102\r\na=rtpmap:113 opus/48000/2\r\n") != std::string::npos);
}

TEST_CASE("keys are agreed on in the clock of the codec, and in the other where the party has only that") {
  struct Row {
    const char* media;
    const char* answered;
    int type;
  };
  const std::string both = "a=rtpmap:101 telephone-event/8000\r\na=rtpmap:102 telephone-event/48000\r\n";
  const std::string with_opus = "m=audio 4000 RTP/AVP 112 101 102\r\na=rtpmap:112 opus/48000/2\r\n" + both;
  const std::string with_g722 = "m=audio 4000 RTP/AVP 9 102 101\r\n" + both;
  const Row rows[] = {
      {with_opus.c_str(), "RTP/AVP 112 102\r\n", 102},
      {with_g722.c_str(), "RTP/AVP 9 101\r\n", 101},
      {"m=audio 4000 RTP/AVP 112 97\r\na=rtpmap:112 opus/48000/2\r\na=rtpmap:97 telephone-event/48000\r\n",
       "RTP/AVP 112 97\r\n", 97},
      {"m=audio 4000 RTP/AVP 112 97\r\na=rtpmap:112 opus/48000/2\r\na=rtpmap:97 telephone-event/8000\r\n",
       "RTP/AVP 112 97\r\n", 97},
      {"m=audio 4000 RTP/AVP 112 97\r\na=rtpmap:112 opus/48000/2\r\na=rtpmap:97 telephone-event/16000\r\n",
       "RTP/AVP 112\r\n", -1},
  };

  for (const Row& row : rows) {
    CAPTURE(row.media);
    SdpSession ours = session();
    REQUIRE(ours.take_offer(described(row.media)));
    const std::string answer = ours.answer();
    CHECK(answer.find(row.answered) != std::string::npos);
    CHECK(ours.plan()->events.of(ours.plan()->wire->codec) == row.type);
    const std::string clock = ours.plan()->events.wide == row.type && row.type >= 0 ? "48000" : "8000";
    CHECK((answer.find("telephone-event/" + clock) != std::string::npos) == (row.type >= 0));
  }
}

TEST_CASE("what keys have agreed on stays in offers that follow, and nothing else is given its number") {
  SdpSession ours = session();
  REQUIRE(
      ours.take_offer(described("m=audio 4000 RTP/AVP 101 103\r\na=rtpmap:101 opus/48000/2\r\n"
                                "a=rtpmap:103 telephone-event/48000\r\n")));

  const std::string offer = ours.offer();

  CHECK(offer.find("RTP/AVP 101 9 8 102 103\r\n") != std::string::npos);
  CHECK(offer.find("a=rtpmap:102 telephone-event/8000\r\n") != std::string::npos);
  CHECK(offer.find("a=rtpmap:103 telephone-event/48000\r\n") != std::string::npos);
}

TEST_CASE("who speaks no G.711 has µ-law inside") {
  const SdpProfile modern{"192.0.2.100", {SipCodec::opus}};
  SdpSession ours = session(modern);
  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0 107\r\na=rtpmap:107 opus/48000/2\r\n")));

  CHECK(ours.plan()->codec == Codec::pcmu);
  CHECK(ours.plan()->wire->payload_type == 107);
}
