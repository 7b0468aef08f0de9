// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_metadata.hpp"

#include <doctest/doctest.h>

namespace vcsr::sip {
namespace {

const RecorderIds ids{.session = {1, 1}, .customer = {2, 2}, .party = {3, 3}, .streams = {{{4, 4}, {5, 5}}}};

RecordedCall call() {
  return {.recording = "recording-1",
          .contact = "contact-1",
          .customer = "sip:+8613800000001@192.0.2.1",
          .party = "sip:1001",
          .party_name = "Anna \"A\" <&>"};
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the metadata names the call, who speaks in it, and which stream is whose") {
  const std::string text = recording_metadata(call(), ids, WallTime());

  CHECK(text ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><recording xmlns=\"urn:ietf:params:xml:ns:recording:1\" "
        "xmlns:vcsr=\"urn:vcsr:recording:1\"><datamode>complete</datamode>"
        "<session session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\"><start-time>" +
            to_string(WallTime()) +
            "</start-time><vcsr:contact>contact-1</vcsr:contact>"
            "<vcsr:recording>recording-1</vcsr:recording></session>"
            "<participant participant_id=\"AAAAAAAAQAKAAAAAAAAAAg==\">"
            "<nameID aor=\"sip:+8613800000001@192.0.2.1\"/></participant>"
            "<participant participant_id=\"AAAAAAAAQAOAAAAAAAAAAw==\"><nameID aor=\"sip:1001\">"
            "<name>Anna \"A\" &lt;&amp;&gt;</name></nameID></participant>"
            "<stream stream_id=\"AAAAAAAAQASAAAAAAAAABA==\" session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\">"
            "<label>1</label></stream>"
            "<stream stream_id=\"AAAAAAAAQAWAAAAAAAAABQ==\" session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\">"
            "<label>2</label></stream>"
            "<sessionrecordingassoc session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\"><associate-time>" +
            to_string(WallTime()) +
            "</associate-time></sessionrecordingassoc>"
            "<participantsessionassoc participant_id=\"AAAAAAAAQAKAAAAAAAAAAg==\" "
            "session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\"><associate-time>" +
            to_string(WallTime()) +
            "</associate-time></participantsessionassoc>"
            "<participantsessionassoc participant_id=\"AAAAAAAAQAOAAAAAAAAAAw==\" "
            "session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\"><associate-time>" +
            to_string(WallTime()) +
            "</associate-time></participantsessionassoc>"
            "<participantstreamassoc participant_id=\"AAAAAAAAQAKAAAAAAAAAAg==\">"
            "<send>AAAAAAAAQASAAAAAAAAABA==</send><recv>AAAAAAAAQAWAAAAAAAAABQ==</recv></"
            "participantstreamassoc>"
            "<participantstreamassoc participant_id=\"AAAAAAAAQAOAAAAAAAAAAw==\">"
            "<send>AAAAAAAAQAWAAAAAAAAABQ==</send><recv>AAAAAAAAQASAAAAAAAAABA==</recv></"
            "participantstreamassoc>"
            "</recording>");
}

TEST_CASE("a caller's own words cannot break the document") {
  RecordedCall odd = call();
  odd.customer = "sip:\"><recording>&@x\x01\r\n--vcsr-recording-session";
  odd.party_name = "Zo\xc3\xab \xe5\xbc\xa0 \xf0\x9f\x98\x80 \xc3 \xed\xa0\x80";

  const std::string text = recording_metadata(odd, ids, WallTime());

  const std::string bad = "\xef\xbf\xbd";
  CHECK(holds(text, "aor=\"sip:&quot;"));
  CHECK(holds(text, "&lt;recording"));
  CHECK_FALSE(holds(text, "<recording>"));
  CHECK(holds(text, "&amp;@x" + bad + bad + bad + "--vcsr-recording-session\""));
  CHECK(holds(text,
              "<name>Zo\xc3\xab \xe5\xbc\xa0 \xf0\x9f\x98\x80 " + bad + " " + bad + bad + bad + "</name>"));
  CHECK(text.find('\n') == std::string::npos);
}

TEST_CASE("the INVITE carries the description and the metadata, each with its type") {
  const RecorderBody body = recorder_body("v=0\r\n", "<recording/>");

  CHECK(body.type == "multipart/mixed;boundary=vcsr-recording-session");
  CHECK(body.text ==
        "--vcsr-recording-session\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n"
        "--vcsr-recording-session\r\nContent-Type: application/rs-metadata+xml\r\n"
        "Content-Disposition: recording-session\r\n\r\n<recording/>\r\n--vcsr-recording-session--\r\n");
}

}  // namespace vcsr::sip
