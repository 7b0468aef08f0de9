// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_sdp.hpp"

#include <doctest/doctest.h>

namespace vcsr::sip {
namespace {

const SdpProfile profile{"192.0.2.1", {SipCodec::pcma}, SipEncryption::allowed};

RecorderSdp make() { return {profile, 7, {20000, 20002}}; }

std::string answer(const std::string& media) {
  return "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n" + media;
}
const char both[] =
    "m=audio 5000 RTP/AVP 0 8\r\na=recvonly\r\na=label:1\r\n"
    "m=audio 5002 RTP/AVP 8\r\na=recvonly\r\na=label:2\r\n";

}  // namespace

TEST_CASE("two streams are offered that only we send, told apart by their labels") {
  RecorderSdp sdp = make();

  CHECK(sdp.offer() ==
        "v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        "m=audio 20000 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
        "a=sendonly\r\na=label:1\r\n"
        "m=audio 20002 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
        "a=sendonly\r\na=label:2\r\n");
}

TEST_CASE("a paused session is offered as inactive, as another version of the same") {
  RecorderSdp sdp = make();
  sdp.offer();

  sdp.set_paused(true);
  const std::string paused = sdp.offer();
  const std::string again = sdp.offer();
  sdp.set_paused(false);
  const std::string resumed = sdp.offer();

  CHECK(paused.find("o=- 7 2 ") != std::string::npos);
  CHECK(paused.find("a=sendonly") == std::string::npos);
  CHECK(paused.find("a=inactive\r\na=label:2") != std::string::npos);
  CHECK(again == paused);
  CHECK(resumed.find("o=- 7 3 ") != std::string::npos);
  CHECK(resumed.find("a=inactive") == std::string::npos);
}

TEST_CASE("an answer says where each stream goes and in which laws") {
  RecorderSdp sdp = make();
  sdp.offer();

  REQUIRE(sdp.take_answer(answer(both)));

  CHECK(sdp.targets()[0] == RecorderTarget{"192.0.2.9", 5000, true, true, true});
  CHECK(sdp.targets()[1] == RecorderTarget{"192.0.2.9", 5002, false, true, true});
}

TEST_CASE("a server may refuse one stream, and not both") {
  RecorderSdp sdp = make();
  sdp.offer();

  CHECK(sdp.take_answer(answer("m=audio 0 RTP/AVP 0\r\nm=audio 5002 RTP/AVP 0\r\na=recvonly\r\n")));
  CHECK(sdp.targets()[0] == RecorderTarget());
  CHECK(sdp.targets()[1].port == 5002);

  CHECK_FALSE(sdp.take_answer(answer("m=audio 0 RTP/AVP 0\r\nm=audio 0 RTP/AVP 0\r\n")));
  CHECK(sdp.targets()[1].port == 5002);
}

TEST_CASE("what is no answer to two streams is refused") {
  for (const std::string& text :
       {std::string(), std::string("hello"), answer(""), answer("m=audio 5000 RTP/AVP 0\r\n"),
        answer("m=audio 5000 RTP/AVP 18\r\nm=audio 5002 RTP/AVP 18\r\n"),
        answer("m=audio 5000 RTP/SAVP 0\r\nm=audio 5002 RTP/SAVP 0\r\n"),
        answer(
            "m=audio 5000 RTP/AVP 0\r\nc=IN IP4 239.0.0.1\r\nm=audio 5002 RTP/AVP 0\r\nc=IN IP6 ::1\r\n")}) {
    INFO(text);
    RecorderSdp sdp = make();
    sdp.offer();
    CHECK_FALSE(sdp.take_answer(text));
  }
}

TEST_CASE("a server that holds its streams is sent nothing until it comes back") {
  RecorderSdp sdp = make();
  sdp.offer();
  REQUIRE(sdp.take_answer(answer(both)));

  CHECK(
      sdp.take_offer(answer("m=audio 5000 RTP/AVP 0\r\na=inactive\r\nm=audio 5002 RTP/AVP 0\r\na=recvonly\r\n"
                            "m=video 6000 RTP/AVP 96\r\n")) == 200);
  const std::string held = sdp.answer();

  CHECK_FALSE(sdp.targets()[0].receives);
  CHECK(sdp.targets()[1].receives);
  CHECK(held.find("a=inactive\r\na=label:1") != std::string::npos);
  CHECK(held.find("a=sendonly\r\na=label:2") != std::string::npos);
  CHECK(held.ends_with("m=video 0 RTP/AVP 96\r\n"));
}

TEST_CASE("offers of a server that suit nobody are refused as SIP has it") {
  RecorderSdp sdp = make();

  CHECK(sdp.take_offer("hello") == 400);
  CHECK(sdp.take_offer(answer("m=audio 5000 RTP/AVP 0\r\n")) == 488);
}

TEST_CASE("where it must be encrypted each stream has its own keys, and the answer chooses") {
  RecorderSdp sdp(profile, 7, {20000, 20002}, SipEncryption::required);
  const Sdp offer = parse_sdp(sdp.offer());
  REQUIRE(offer.media.size() == 2);
  for (const SdpMedia& media : offer.media) {
    CHECK(media.protocol == "RTP/SAVP");
    CHECK(media.crypto.size() == srtp_suites.size());
  }
  const SdpCrypto chosen = offer.media[0].crypto[1];
  CHECK(chosen.key != offer.media[1].crypto[1].key);
  const std::string theirs = crypto_line({chosen.tag, SrtpKey::random(chosen.key.suite)});

  REQUIRE(sdp.take_answer(answer("m=audio 5000 RTP/SAVP 0\r\na=rtcp:5007\r\n" + theirs +
                                 "m=audio 5002 RTP/SAVP 0\r\n" + theirs)));

  CHECK(sdp.targets()[0].key == chosen.key);
  CHECK(sdp.targets()[0].reports == 5007);
  CHECK(sdp.targets()[1].key == offer.media[1].crypto[1].key);
  const Sdp again = parse_sdp(sdp.offer());
  CHECK(again.media[0].protocol == "RTP/SAVP");
  REQUIRE(again.media[0].crypto.size() == 1);
  CHECK(again.media[0].crypto[0].key == chosen.key);
}

TEST_CASE("a server without keys is taken where encryption is offered, and not where it is required") {
  RecorderSdp offered(profile, 7, {20000, 20002}, SipEncryption::offered);
  RecorderSdp required(profile, 7, {20000, 20002}, SipEncryption::required);
  CHECK(parse_sdp(offered.offer()).media[1].protocol == "RTP/AVP");
  CHECK(parse_sdp(offered.offer()).media[1].crypto.size() == srtp_suites.size());
  required.offer();

  CHECK(offered.take_answer(answer(both)));
  CHECK_FALSE(offered.targets()[0].key);
  CHECK(offered.offer().find("a=crypto") == std::string::npos);
  CHECK_FALSE(required.take_answer(answer(both)));
}

TEST_CASE("a server's own offer of encrypted streams is answered with our keys") {
  RecorderSdp sdp(profile, 7, {20000, 20002}, SipEncryption::required);
  const SdpCrypto theirs{4, SrtpKey::random(SrtpSuite::aes128_sha80)};
  const std::string media = "RTP/SAVP 0\r\na=recvonly\r\n" + crypto_line(theirs);

  REQUIRE(sdp.take_offer(answer("m=audio 5000 " + media + "m=audio 5002 " + media)) == 200);
  const Sdp ours = parse_sdp(sdp.answer());

  REQUIRE(ours.media[1].crypto.size() == 1);
  CHECK(ours.media[1].crypto[0].tag == 4);
  CHECK(ours.media[1].crypto[0].key == sdp.targets()[1].key);
}

TEST_CASE("an IPv6 center describes itself as one") {
  const SdpProfile v6{"2001:db8::1", {SipCodec::pcma}, SipEncryption::allowed};
  RecorderSdp sdp(v6, 7, {20000, 20002});

  CHECK(sdp.offer().find("c=IN IP6 2001:db8::1\r\n") != std::string::npos);
}

}  // namespace vcsr::sip
