// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"
#include "vcsr/media/external_recorder.hpp"

namespace vcsr {
namespace {

using test::RawPhone;
using State = ExternalCopyNews::State;

/// An office whose recordings are copied to a server that we are.
struct Studio {
  Studio() : office(clockwork, options()) {
    server.talk_to(office.driver->port());
    recorder->follow([this](const ExternalCopyNews& one) {
      news.push_back(one);
      clockwork.happened();
    });
    copy = recorder->begin({.recording = "recording", .contact = "contact", .customer = "sip:a@192.0.2.1"});
    invite = server.receive("INVITE");
  }

  SipOptions options() const {
    SipOptions options = test::with_ports(16000);
    options.recorder = "sip:recorder@" + server.host() + ";transport=udp";
    return options;
  }
  void accept(const std::string& media = "m=audio 4000 RTP/AVP 0\r\nm=audio 4002 RTP/AVP 0\r\n") const {
    server.reply(invite, "200 OK", "Content-Type: application/sdp\r\n",
                 "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + media);
  }
  /// As the server of the session.
  void hang_up() const {
    server.send("BYE sip:vcsr@" + office.host() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + server.host() +
                ";branch=z9hG4bKbye\r\nFrom: " + RawPhone::header(invite, "To") + ";tag=there\r\nTo: " +
                RawPhone::header(invite, "From") + "\r\nCall-ID: " + RawPhone::header(invite, "Call-ID") +
                "\r\nCSeq: 7 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
  }
  bool told(State state) {
    return clockwork.run_until([&] { return !news.empty() && news.back().state == state; });
  }

  test::Clockwork clockwork;
  RawPhone server{0};
  test::Office office;
  std::shared_ptr<ExternalRecorder> recorder = office.driver->recorder();
  std::vector<ExternalCopyNews> news;
  std::shared_ptr<ExternalCopy> copy;
  std::string invite;
};

}  // namespace

TEST_CASE("a copy begins with an INVITE to the session recording server and ends with a BYE") {
  Studio studio;
  CHECK(RawPhone::header(studio.invite, "Require") == "siprec");
  CHECK(RawPhone::header(studio.invite, "Contact").find(">;+sip.src") != std::string::npos);
  studio.accept();
  REQUIRE(studio.told(State::begun));
  CHECK(studio.server.receive("ACK").starts_with("ACK"));
  CHECK(studio.recorder->trouble().empty());

  studio.copy->end();

  CHECK(studio.server.receive("BYE").starts_with("BYE"));
  CHECK(studio.news.back().state == State::ended);
  CHECK(studio.news.back().call.recording == "recording");
}

TEST_CASE("a pause makes the session inactive, and it is resumed") {
  Studio studio;
  studio.accept();
  REQUIRE(studio.told(State::begun));

  studio.copy->pause();
  studio.invite = studio.server.receive("INVITE");
  CHECK(studio.invite.find("a=inactive") != std::string::npos);
  CHECK(studio.invite.find("a=sendonly") == std::string::npos);
  studio.copy->resume();
  studio.accept();

  studio.invite = studio.server.receive("INVITE");
  CHECK(studio.invite.find("a=sendonly") != std::string::npos);
}

TEST_CASE("a server that ends the session is told of as a failure of the copy") {
  Studio studio;
  studio.accept();
  REQUIRE(studio.told(State::begun));

  studio.hang_up();

  REQUIRE(studio.told(State::failed));
  CHECK(studio.news.back().why == "the server ended the session");
  CHECK(studio.recorder->trouble().find("the server ended the session") != std::string::npos);
}

TEST_CASE("an answer that takes neither stream ends the session") {
  Studio studio;

  studio.accept("m=audio 0 RTP/AVP 0\r\nm=audio 0 RTP/AVP 0\r\n");

  REQUIRE(studio.told(State::failed));
  CHECK(studio.news.back().why == "its answer takes neither stream");
  CHECK(studio.server.receive("BYE").starts_with("BYE"));
}

TEST_CASE("a server that refuses for good is not asked again, and the next copy tells that it is well") {
  Studio studio;
  studio.server.reply(studio.invite, "488 Not Acceptable Here");
  REQUIRE(studio.told(State::failed));
  CHECK(studio.news.back().why == "488 Not Acceptable Here");
  CHECK_FALSE(studio.recorder->trouble().empty());

  studio.copy = studio.recorder->begin({.recording = "second", .contact = "contact"});
  studio.invite = studio.server.receive("INVITE");
  studio.accept();

  REQUIRE(studio.told(State::begun));
  CHECK(studio.news.back().call.recording == "second");
  CHECK(studio.recorder->trouble().empty());
}

TEST_CASE("a copy that ends before the server has answered is cancelled") {
  Studio studio;
  studio.server.reply(studio.invite, "180 Ringing");

  studio.copy->end();

  CHECK(studio.server.receive("CANCEL").starts_with("CANCEL"));
  CHECK(studio.news.empty());
}

TEST_CASE("a copy may outlive its driver") {
  Studio studio;
  studio.accept();
  REQUIRE(studio.told(State::begun));

  studio.office.driver->stop();
  CHECK(studio.server.receive("BYE").starts_with("BYE"));
  studio.copy->pause();
  studio.copy->end();

  CHECK(studio.recorder->begin({.recording = "late", .contact = "contact"}) == nullptr);
}

TEST_CASE("a recorder's address that nobody can call is refused") {
  test::Clockwork clockwork;
  SipOptions options;
  options.recorder = "recorder";
  std::string told;
  try {
    const test::Office office(clockwork, options);
  } catch (const Error& error) {
    told = error.what();
  }
  CHECK(told.find("expected \"sip:host\" or \"sip:user@host:port\", got \"recorder\"") != std::string::npos);
}

}  // namespace vcsr
