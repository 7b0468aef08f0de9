// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/sdp.hpp"

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;

namespace {

const std::string head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";

std::string refusal(const std::string& text) {
  try {
    parse_sdp(text);
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::invalid);
    return error.what();
  }
  return "accepted";
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("an m-line is read with what belongs to it") {
  const Sdp sdp = parse_sdp(head +
                            "c=IN IP4 192.0.2.1\r\nt=0 0\r\na=recvonly\r\n"
                            "m=audio 4000 RTP/AVP 18 8 0 96 101\r\na=rtpmap:96 telephone-event/8000\r\n"
                            "a=rtpmap:101 telephone-event/16000\r\na=ptime:30\r\n"
                            "m=audio 4002/2 RTP/AVP 0\r\nc=IN IP4 192.0.2.9/127\r\na=sendonly\r\n");

  REQUIRE(sdp.media.size() == 2);
  const SdpMedia& first = sdp.media[0];
  CHECK(first.kind == "audio");
  CHECK(first.protocol == "RTP/AVP");
  CHECK(first.first_format == "18");
  CHECK(first.port == 4000);
  CHECK(first.address == "192.0.2.1");
  CHECK(first.direction == Direction::recvonly);
  CHECK(first.codecs == std::vector<WireCodec>{{SipCodec::pcma, 8}, {SipCodec::pcmu, 0}});
  CHECK(first.events.narrow == 96);
  CHECK(first.frame_milliseconds == 30);
  CHECK(sdp.media[1].address == "192.0.2.9");
  CHECK(sdp.media[1].direction == Direction::sendonly);
  CHECK(sdp.media[1].events.narrow == -1);
  CHECK(sdp.audio() == 0);
}

TEST_CASE("the first audio line that suits us is taken") {
  struct Row {
    const char* media;
    int audio;
  };
  const Row rows[] = {
      {"m=audio 4000 RTP/AVP 0\r\n", 0},
      {"m=audio 4000 RTP/AVPF 0\r\n", 0},
      {"m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 pcma/8000/1\r\n", -1},
      {"m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 pcma/8000/1\r\n", 0},
      {"m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/16000\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 iLBC/8000\r\n", -1},
      {"m=image 9 udptl :t38\r\n", -1},
      {"m=image 9 udptl :t38\r\nm=audio 4000 RTP/AVP 0\r\n", 1},
      {"m=video 4000 RTP/AVP 31\r\nm=audio 0 RTP/AVP 0\r\nm=audio 4000 RTP/AVP 0\r\n", 2},
      {"m=audio 4000 RTP/SAVP 0\r\n", -1},
      {"m=audio 4000 RTP/AVP 18 4 3\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 224.1.2.3/127\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 255.255.255.255\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 host.example\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP6 ::1\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 1.2.3.4.5\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 1.2.3.256\r\n", -1},
      {"m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n", 0},
      {"", -1},
  };

  for (const Row& row : rows) {
    CAPTURE(row.media);
    CHECK(parse_sdp(head + "c=IN IP4 192.0.2.1\r\nt=0 0\r\n" + row.media).audio() == row.audio);
  }
  CHECK(parse_sdp(head + "m=audio 4000 RTP/AVP 0\r\n").audio() == -1);
}

TEST_CASE("an address suits whose version we speak") {
  struct Row {
    const char* connection;
    int v4, v6;
  };
  const Row rows[] = {
      {"c=IN IP6 2001:db8::1", -1, 0},
      {"c=IN IP4 192.0.2.1", 0, -1},
      {"c=IN IP6 192.0.2.1", -1, -1},
      {"c=IN IP4 2001:db8::1", -1, -1},
      {"c=IN IP6 ff0e::1", -1, -1},
      {"c=IN IP6 FF02::1/3", -1, -1},
      {"c=IN IP6 2001:db8:::1", -1, -1},
      {"c=IN IP6 ::ffff:192.0.2.2", -1, -1},
      {"c=IN IP6 ::", -1, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.connection);
    const Sdp sdp = parse_sdp(head + row.connection + "\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n");
    CHECK(sdp.audio(SipEncryption::allowed, IpVersion::v4) == row.v4);
    CHECK(sdp.audio(SipEncryption::allowed, IpVersion::v6) == row.v6);
  }
}

TEST_CASE("lines may end without a return, and empty ones are passed over") {
  const Sdp sdp = parse_sdp("v=0\no=- 1 1 IN IP4 1.1.1.1\n\nc=IN IP4 192.0.2.1\nm=audio 4 RTP/AVP  0 \n\n");

  CHECK(sdp.audio() == 0);
}

TEST_CASE("what is not SDP is refused with its line") {
  struct Row {
    std::string text;
    const char* message;
  };
  const Row rows[] = {
      {"", "SDP: is empty"},
      {"hello", "SDP:1: expected \"v=0\""},
      {"v=1\r\n", "SDP:1: expected \"v=0\""},
      {"v=0\r\no", "SDP:2: expected a letter and '='"},
      {"v=0\r\nhello\r\n", "SDP:2: expected a letter and '='"},
      {"v=0\r\nm=audio\r\n", "SDP:2: expected \"m=media port protocol formats\""},
      {"v=0\r\nm=audio 1 \x01 0\r\n", "SDP:2: expected \"m=media port protocol formats\""},
      {"v=0\r\nm=audio 65536 RTP/AVP 0\r\n", "SDP:2: expected a port of 0 to 65535"},
      {"v=0\r\nm=audio -1 RTP/AVP 0\r\n", "SDP:2: expected a port of 0 to 65535"},
      {"v=0\r\nm=audio 99999999999999999999 RTP/AVP 0\r\n", "SDP:2: expected a port of 0 to 65535"},
      {"v=0\r\nm=audio 4000 RTP/AVP\r\n", "SDP:2: m-line without a format"},
      {"v=0\r\nm=audio 4000 RTP/AVP 0 \x7f\r\n", "SDP:2: a format is not a token"},
      {"v=0\r\nc=IN\r\n", "SDP:2: expected \"c=IN IP4 address\" or \"c=IN IP6 address\""},
      {"v=0\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:128 PCMU/8000\r\n",
       "SDP:3: expected \"a=rtpmap:type encoding/rate\" with a type of 0 to 127"},
      {"v=0\r\n" + repeated("m=audio 4000 RTP/AVP 0\r\n", 33), "SDP:34: more than 32 m-lines"},
      {"v=0\r\nm=audio 4000 RTP/AVP" + repeated(" 0", 257), "SDP:2: more than 256 formats"},
      {"v=0\r\n" + std::string(64 * 1024, 'a'), "SDP: longer than 64 KiB"},
  };

  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 60));
    CHECK(refusal(row.text) == row.message);
  }
}

TEST_CASE("what is just within the limits is taken") {
  CHECK(parse_sdp("v=0\r\n" + repeated("m=audio 4000 RTP/AVP 0\r\n", 32)).media.size() == 32);
  CHECK(parse_sdp("v=0\r\nm=audio 4000 RTP/AVP" + repeated(" 0", 256)).media.size() == 1);
  CHECK(parse_sdp("v=0\r\na=" + std::string(64 * 1024 - 7, 'a')).media.empty());
}

TEST_CASE("a description cut off anywhere is read or refused, never more") {
  const std::string whole = head +
                            "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8 0 101\r\n"
                            "a=rtpmap:101 telephone-event/8000\r\na=inactive\r\n";

  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    std::size_t media = 0;
    std::string outcome = "read";
    try {
      media = parse_sdp(whole.substr(0, length)).media.size();
    } catch (const Error& error) {
      outcome = error.what();
    }
    CHECK(media <= 1);
    const bool named = outcome == "read" || outcome.starts_with("SDP:");
    CHECK(named);
  }
}

TEST_CASE("more keys than anybody needs are refused") {
  std::string text = "v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/SAVP 0\r\n";
  for (int i = 0; i < 16; ++i) text += "a=crypto:1 X inline:y\r\n";
  CHECK_NOTHROW(parse_sdp(text));

  CHECK_THROWS_WITH_AS(parse_sdp(text + "a=crypto:1 X inline:y\r\n"), doctest::Contains("more than 16 keys"),
                       Error);
}
