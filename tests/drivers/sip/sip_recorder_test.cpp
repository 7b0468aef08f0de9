// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "drivers/sip/digest.hpp"
#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"
#include "vcsr/media/external_recorder.hpp"

namespace vcsr {
namespace {

using test::RawPhone;
using State = ExternalCopyNews::State;

/// An office whose recordings are copied to a server that we are.
struct Studio {
  explicit Studio(SipOptions wanted = test::with_ports(16000))
      : office(clockwork, options(std::move(wanted))) {
    server.talk_to(office.driver->port());
    recorder->follow([this](const ExternalCopyNews& one) {
      news.push_back(one);
      clockwork.happened();
    });
    copy = recorder->begin({.recording = "recording", .contact = "contact", .customer = "sip:a@192.0.2.1"});
    invite = server.receive("INVITE");
  }

  SipOptions options(SipOptions options) const {
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
  /// The INVITE in hand bears what "river" makes of the challenge.
  bool answers_challenge(const std::string& uri, const std::string& algorithm) const {
    return answers_challenge(invite, "INVITE", uri, algorithm);
  }
  static bool answers_challenge(const std::string& request, const std::string& method, const std::string& uri,
                                const std::string& algorithm) {
    const std::string told = RawPhone::header(request, "Authorization");
    const auto value = [&told](const std::string& name) {
      const std::size_t begin = told.find(name + "=\"") + name.size() + 2;
      return told.substr(begin, told.find('"', begin) - begin);
    };
    const auto kind = algorithm == "MD5" ? sip::DigestAlgorithm::md5 : sip::DigestAlgorithm::sha256;
    return told.find("username=\"bank\"") != std::string::npos && value("uri") == uri &&
           value("response") == sip::digest_response(kind, "studio", "bank", "river", method, uri, "abc",
                                                     "00000001", value("cnonce"));
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

TEST_CASE("when others take part the server is sent the metadata anew, in the same session") {
  Studio studio;
  studio.accept();
  REQUIRE(studio.told(State::begun));
  studio.server.receive("ACK");

  studio.copy->on_parties({{.address = "sip:1001"}});
  studio.copy->on_parties({{.address = "sip:1002"}});
  REQUIRE_FALSE(studio.clockwork.run_until([] { return false; }, std::chrono::milliseconds(100)));

  const std::string again = studio.server.receive("INVITE");
  CHECK(RawPhone::header(again, "Call-ID") == RawPhone::header(studio.invite, "Call-ID"));
  CHECK(again.find("a=sendonly") != std::string::npos);
  CHECK(again.find("aor=\"sip:1002\"") != std::string::npos);
  CHECK(again.find("aor=\"sip:1001\"") == std::string::npos);
  CHECK(again.find("<disassociate-time>") != std::string::npos);
}

TEST_CASE("metadata that changes while the server is asked something follows its answer") {
  Studio studio;
  studio.accept();
  REQUIRE(studio.told(State::begun));
  studio.copy->pause();
  studio.invite = studio.server.receive("INVITE");

  studio.copy->on_parties({{.address = "sip:1001"}});
  REQUIRE_FALSE(studio.clockwork.run_until([] { return false; }, std::chrono::milliseconds(100)));
  studio.accept();

  studio.invite = studio.server.receive("INVITE");
  CHECK(studio.invite.find("aor=\"sip:1001\"") != std::string::npos);
  CHECK(studio.invite.find("a=inactive") != std::string::npos);
}

TEST_CASE("a server that asks who we are is told, at the beginning and later") {
  for (const std::string algorithm : {"MD5", "SHA-256"}) {
    CAPTURE(algorithm);
    SipOptions options = test::with_ports(16000);
    options.recorder_user = "bank";
    options.recorder_password = Secret("river");
    Studio studio(std::move(options));
    const std::string challenge =
        "WWW-Authenticate: Digest realm=\"studio\", nonce=\"abc\", qop=\"auth\", "
        "algorithm=" +
        algorithm + "\r\n";
    const std::string call_id = RawPhone::header(studio.invite, "Call-ID");
    CHECK(RawPhone::header(studio.invite, "Authorization").empty());
    studio.server.reply(studio.invite, "401 Unauthorized", challenge);
    studio.invite = studio.server.receive("INVITE");
    CHECK(studio.answers_challenge("sip:recorder@" + studio.server.host() + ";transport=udp", algorithm));
    CHECK(RawPhone::header(studio.invite, "Call-ID") == call_id);
    CHECK(studio.invite.find("application/rs-metadata+xml") != std::string::npos);
    studio.accept();
    REQUIRE(studio.told(State::begun));
    const std::string ack = studio.server.receive("ACK");
    CHECK(RawPhone::header(ack, "Authorization") == RawPhone::header(studio.invite, "Authorization"));

    studio.copy->pause();
    studio.invite = studio.server.receive("INVITE");
    studio.server.reply(studio.invite, "401 Unauthorized", challenge);
    studio.invite = studio.server.receive("INVITE");
    CHECK(studio.answers_challenge("sip:" + studio.server.host(), algorithm));
    CHECK(studio.invite.find("a=inactive") != std::string::npos);
    studio.accept();
    studio.copy->end();
    const std::string bye = studio.server.receive("BYE");
    CHECK(bye.starts_with("BYE"));
    studio.server.reply(bye, "401 Unauthorized", challenge);
    const std::string again = studio.server.receive("BYE");
    CHECK(studio.answers_challenge(again, "BYE", "sip:" + studio.server.host(), algorithm));
    for (const char* same : {"From", "To", "Call-ID"})
      CHECK(RawPhone::header(again, same) == RawPhone::header(bye, same));
    CHECK(RawPhone::header(again, "CSeq") ==
          std::to_string(std::stoi(RawPhone::header(bye, "CSeq")) + 1) + " BYE");
    studio.server.reply(again, "200 OK");
  }
}

TEST_CASE("who has no password, or one that does not do, is refused for good") {
  SipOptions options = test::with_ports(16000);
  SUBCASE("none") {}
  SUBCASE("a wrong one") {
    options.recorder_user = "bank";
    options.recorder_password = Secret("lake");
  }
  const bool asked_twice = !options.recorder_user.empty();
  Studio studio(std::move(options));
  const std::string challenge = "Proxy-Authenticate: Digest realm=\"studio\", nonce=\"abc\"\r\n";
  studio.server.reply(studio.invite, "407 Proxy Authentication Required", challenge);
  if (asked_twice) {
    const std::string again = studio.server.receive("INVITE");
    CHECK_FALSE(RawPhone::header(again, "Proxy-Authorization").empty());
    studio.server.reply(again, "407 Proxy Authentication Required", challenge);
  }

  REQUIRE(studio.told(State::failed));
  CHECK(studio.news.size() == 1);
  CHECK(studio.news.back().why == "407 Proxy Authentication Required");
}

TEST_CASE("a server that gives no sign of life for five seconds has failed") {
  Studio studio;

  REQUIRE(studio.told(State::failed));

  CHECK(studio.news.back().why == "no answer");
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

TEST_CASE(
    "what was said before the server answered is sent when the call is over by then, and then the BYE") {
  Studio studio;
  const test::RawPhone customer{0}, heard{0};
  std::array<std::uint8_t, frame_samples> frame{};
  for (int i = 0; i < 12; ++i) studio.copy->on_audio({Codec::pcmu, frame, frame});
  studio.copy->end();
  const auto port = [](const RawPhone& stream) { return stream.host().substr(stream.host().find(':') + 1); };

  studio.accept("m=audio " + port(customer) + " RTP/AVP 0\r\nm=audio " + port(heard) + " RTP/AVP 0\r\n");

  REQUIRE(studio.told(State::ended));
  for (const RawPhone* stream : {&customer, &heard}) {
    int packets = 0;
    while (!stream->receive(0).empty()) ++packets;
    CHECK(packets == 12);
  }
  CHECK(studio.server.receive("BYE").starts_with("BYE"));
}

TEST_CASE("a copy that ended and was not sent yet is let go when there is no hope") {
  Studio studio;
  std::array<std::uint8_t, frame_samples> frame{};
  studio.copy->on_audio({Codec::pcmu, frame, frame});
  studio.copy->end();
  const std::weak_ptr<ExternalCopy> copy = studio.copy;
  studio.copy.reset();
  CHECK_FALSE(copy.expired());

  SUBCASE("since the server refuses for good") {
    studio.server.reply(studio.invite, "488 Not Acceptable Here");
  }
  SUBCASE("since the driver stops") { studio.office.driver->stop(); }

  CHECK(studio.clockwork.run_until([&] { return copy.expired(); }));
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
