// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sdp_session.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

const SdpProfile profile{"192.0.2.100", {SipCodec::pcmu, SipCodec::pcma}};

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

TEST_CASE("with an IPv6 address we describe ourselves by it and talk with others of its kind") {
  const SdpProfile six{"2001:db8::100", {SipCodec::pcmu}};
  SdpSession ours(six, 42);
  ours.set_port(30000);
  const std::string media = "m=audio 4000 RTP/AVP 0\r\n",
                    offer = "v=0\r\no=- 7 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\n" + media;

  CHECK(ours.try_offer(described(media)) == 488);
  CHECK(session().try_offer(offer) == 488);
  REQUIRE(ours.take_offer(offer));
  CHECK(ours.plan()->address == "2001:db8::1");
  CHECK(
      ours.answer().starts_with("v=0\r\no=- 42 1 IN IP6 2001:db8::100\r\ns=-\r\nc=IN IP6 "
                                "2001:db8::100\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0\r\n"));

  REQUIRE(ours.take_offer("v=0\r\nc=IN IP6 ::\r\n" + media));
  CHECK(ours.held());
  CHECK(ours.plan()->address == "2001:db8::1");
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
  CHECK(ours.plan()->events.narrow == 96);
  CHECK(ours.plan()->send);
  CHECK(ours.plan()->receive);
}

TEST_CASE("the party's answer decides the codec") {
  SdpSession ours = session();
  ours.offer();

  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/AVP 8 0\r\n")));

  CHECK(ours.plan()->codec == Codec::pcma);
  CHECK(ours.plan()->events.narrow == -1);
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

namespace {

const std::string key_line =
    "a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";

SdpSession session(SipEncryption encryption) {
  static const SdpProfile off{"192.0.2.100", {SipCodec::pcmu}, SipEncryption::off},
      allowed{"192.0.2.100", {SipCodec::pcmu}, SipEncryption::allowed},
      offered{"192.0.2.100", {SipCodec::pcmu}, SipEncryption::offered},
      required{"192.0.2.100", {SipCodec::pcmu}, SipEncryption::required};
  const std::array profiles = {&off, &allowed, &offered, &required};
  SdpSession made(*profiles[static_cast<std::size_t>(encryption)], 42);
  made.set_port(30000);
  return made;
}

std::string line_with(const std::string& text, const std::string& what) {
  const std::size_t at = text.find(what);
  return at == std::string::npos ? "" : text.substr(at, text.find("\r\n", at) + 2 - at);
}

}  // namespace

TEST_CASE("encrypted audio is taken when it is offered, and answered in the offer's words") {
  SdpSession ours = session(SipEncryption::allowed);

  REQUIRE(
      ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/SAVP 0\r\n"
                                "a=crypto:1 AEAD_AES_256_GCM inline:x\r\n" +
                                key_line)));

  const std::string answer = ours.answer();
  CHECK(answer.find("m=audio 0 RTP/AVP 0\r\nm=audio 30000 RTP/SAVP 0\r\n") != std::string::npos);
  const std::string own = line_with(answer, "a=crypto:");
  CHECK(own.starts_with("a=crypto:4 AES_CM_128_HMAC_SHA1_32 inline:"));
  CHECK(own != key_line);
  REQUIRE(ours.plan()->receive_key);
  CHECK(crypto_line({4, *ours.plan()->receive_key}) == key_line);
  CHECK(crypto_line({4, *ours.plan()->send_key}) == own);
}

TEST_CASE("keys beside plain RTP encrypt it without a demand to") {
  SdpSession ours = session(SipEncryption::allowed);

  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\n" + key_line)));

  CHECK(ours.answer().find("m=audio 30000 RTP/AVP 0\r\n") != std::string::npos);
  CHECK(ours.plan()->send_key);
  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\n")));
  CHECK_FALSE(ours.plan()->send_key);
  CHECK_FALSE(ours.plan()->receive_key);
  CHECK(ours.answer().find("crypto") == std::string::npos);
}

TEST_CASE("what is wished for decides which offers suit") {
  const std::string plain = described("m=audio 4000 RTP/AVP 0\r\n"),
                    secure = described("m=audio 4000 RTP/SAVP 0\r\n" + key_line),
                    keyless = described("m=audio 4000 RTP/SAVP 0\r\n"),
                    both = described("m=audio 4000 RTP/AVP 0\r\n" + key_line);
  const auto status = [](SipEncryption wish, const std::string& offer) {
    return session(wish).try_offer(offer);
  };

  CHECK(status(SipEncryption::off, plain) == 200);
  CHECK(status(SipEncryption::off, secure) == 488);
  CHECK(status(SipEncryption::off, both) == 200);
  CHECK(status(SipEncryption::allowed, keyless) == 488);
  CHECK(status(SipEncryption::required, plain) == 488);
  CHECK(status(SipEncryption::required, keyless) == 488);
  CHECK(status(SipEncryption::required, secure) == 200);
  CHECK(status(SipEncryption::required, both) == 200);
}

TEST_CASE("keys are offered as they are wished for") {
  const std::string off = session(SipEncryption::off).offer(),
                    allowed = session(SipEncryption::allowed).offer(),
                    offered = session(SipEncryption::offered).offer(),
                    required = session(SipEncryption::required).offer();

  CHECK(off.find("crypto") == std::string::npos);
  CHECK(allowed == off);
  CHECK(offered.find("RTP/AVP 0 101\r\n") != std::string::npos);
  CHECK(required.find("RTP/SAVP 0 101\r\n") != std::string::npos);
  for (const std::string& offer : {offered, required}) {
    CHECK(offer.find("a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:") != std::string::npos);
    CHECK(offer.find("a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:") != std::string::npos);
    CHECK(offer.find("a=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:") != std::string::npos);
  }
  CHECK(session(SipEncryption::required).offer() != required);
}

TEST_CASE("an answer chooses one of the keys we offered") {
  const std::string third =
      "a=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";
  SdpSession ours = session(SipEncryption::required);
  const std::string offer = ours.offer();

  CHECK_FALSE(ours.take_answer(described("m=audio 4000 RTP/AVP 0\r\n")));
  CHECK_FALSE(ours.take_answer(described("m=audio 4000 RTP/SAVP 0\r\n" + key_line)));
  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/SAVP 0\r\n" + third)));
  CHECK(crypto_line({3, *ours.plan()->send_key}) == line_with(offer, "a=crypto:3"));
  CHECK(crypto_line({3, *ours.plan()->receive_key}) == third);

  ours.set_holding(true);
  const std::string hold = ours.offer();
  CHECK(hold.find("RTP/SAVP") != std::string::npos);
  CHECK(line_with(hold, "a=crypto:3") == line_with(offer, "a=crypto:3"));
  CHECK(hold.find("a=crypto:1") == std::string::npos);
}

TEST_CASE("a party that knows nothing of keys is heard in the clear, unless they are required") {
  SdpSession open = session(SipEncryption::offered), plain = session(SipEncryption::allowed);
  open.offer();
  plain.offer();

  REQUIRE(open.take_answer(described("m=audio 4000 RTP/AVP 0\r\n")));
  CHECK_FALSE(open.plan()->send_key);
  CHECK(open.offer().find("crypto") == std::string::npos);
  REQUIRE(plain.take_answer(described("m=audio 4000 RTP/AVP 0\r\n" + key_line)));
  CHECK_FALSE(plain.plan()->send_key);
}

TEST_CASE("reports go through the audio's port where the party offers that, else to the port it names") {
  SdpSession ours = session();
  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\na=rtcp:4000\r\n")));
  CHECK(ours.plan()->rtcp_mux);
  CHECK(ours.answer().ends_with("a=sendrecv\r\na=rtcp-mux\r\n"));

  REQUIRE(ours.take_offer(described("m=audio 4000 RTP/AVP 0\r\na=rtcp:4711 IN IP4 192.0.2.1\r\n")));
  CHECK_FALSE(ours.plan()->rtcp_mux);
  CHECK(ours.plan()->rtcp_port == 4711);
  CHECK(ours.answer().find("rtcp-mux") == std::string::npos);

  // We never offered it.
  ours.offer();
  REQUIRE(ours.take_answer(described("m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\n")));
  CHECK_FALSE(ours.plan()->rtcp_mux);
}
