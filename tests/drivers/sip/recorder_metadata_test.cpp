// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_metadata.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace vcsr::sip {
namespace {

const RecorderIds ids{.session = {1, 1}, .customer = {2, 2}, .streams = {{{4, 4}, {5, 5}}}};
const RecorderIds::Id party{3, 3};
const char customers[] = "AAAAAAAAQASAAAAAAAAABA==", partys[] = "AAAAAAAAQAWAAAAAAAAABQ==";  // streams
const char anna[] = "AAAAAAAAQAOAAAAAAAAAAw==", bob[] = "AAAAAAAAQAaAAAAAAAAABg==";          // participants

RecordedCall call() {
  return {.recording = "recording-1",
          .contact = "contact-1",
          .customer = "sip:+8613800000001@192.0.2.1",
          .party = "sip:1001",
          .party_name = "Anna \"A\" <&>"};
}

WallTime after(int seconds) { return WallTime() + std::chrono::seconds(seconds); }

/// What a call has come to, told one change after the other, ten seconds apart.
std::string told(const std::vector<std::vector<RecordedParty>>& changes) {
  RecorderMetadata metadata(call(), ids, party, WallTime());
  int at = 0;
  for (const auto& parties : changes)
    metadata.update(parties, after(at += 10), [] { return RecorderIds::Id{6, 6}; });
  return metadata.text();
}
std::string joined(const std::string& who, const std::string& times) {
  return "<participantsessionassoc participant_id=\"" + who + "\" session_id=\"AAAAAAAAQAGAAAAAAAAAAQ==\">" +
         times + "</participantsessionassoc>";
}
std::string streams(const std::string& who, const std::string& inside) {
  return "<participantstreamassoc participant_id=\"" + who + "\">" + inside + "</participantstreamassoc>";
}
std::string send(const std::string& stream) { return "<send>" + stream + "</send>"; }
std::string recv(const std::string& stream) { return "<recv>" + stream + "</recv>"; }
std::string from(int seconds) { return "<associate-time>" + to_string(after(seconds)) + "</associate-time>"; }
std::string until(int seconds) {
  return "<disassociate-time>" + to_string(after(seconds)) + "</disassociate-time>";
}
const RecordedParty Anna{.address = "sip:1001", .name = "Anna \"A\" <&>"};
const RecordedParty Bob{.address = "sip:1002"};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the metadata names the call, who speaks in it, and which stream is whose") {
  const std::string text = RecorderMetadata(call(), ids, party, WallTime()).text();

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

TEST_CASE("after a transfer the metadata names who has left and who has come, each with its time") {
  const std::string text = told({{Bob}});

  CHECK(holds(text, "<datamode>complete</datamode>"));
  CHECK(holds(text, joined(anna, from(0) + until(10))));
  CHECK(holds(text, streams(anna, send(partys) + recv(customers) + until(10))));
  CHECK(holds(text, "<participant participant_id=\"" + std::string(bob) + "\"><nameID aor=\"sip:1002\"/>"));
  CHECK(holds(text, joined(bob, from(10))));
  CHECK(holds(text, streams(bob, send(partys) + recv(customers))));
}

TEST_CASE("whoever is on hold has left the streams, until it is back") {
  RecordedParty held = Anna;
  held.heard = held.hears = false;
  const std::string away = told({{held}}), back = told({{held}, {Anna}});

  CHECK(holds(away, joined(anna, from(0))));
  CHECK(holds(away, streams(anna, send(partys) + recv(customers) + until(10))));
  CHECK(holds(back, streams(anna, send(partys) + recv(customers) + from(20))));
}

TEST_CASE("somebody who only listens is sent the customer's stream and is in no other") {
  RecordedParty listener = Bob;
  listener.heard = false;

  const std::string text = told({{Anna, listener}});

  CHECK(holds(text, streams(anna, send(partys) + recv(customers))));
  CHECK(holds(text, streams(bob, recv(customers))));
}

TEST_CASE("who comes back is the one who was there before") {
  const std::string text = told({{Bob}, {Anna}});

  CHECK(holds(text, joined(anna, from(20))));
  CHECK(holds(text, joined(bob, from(10) + until(20))));
  CHECK(text.find(anna) != std::string::npos);
  CHECK(text.find("<participant ", text.find(bob)) == std::string::npos);
}

TEST_CASE("a caller's own words cannot break the document") {
  RecordedCall odd = call();
  odd.customer = "sip:\"><recording>&@x\x01\r\n--vcsr-recording-session";
  odd.party_name = "Zo\xc3\xab \xe5\xbc\xa0 \xf0\x9f\x98\x80 \xc3 \xed\xa0\x80";

  const std::string text = RecorderMetadata(odd, ids, party, WallTime()).text();

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
