// SPDX-License-Identifier: Apache-2.0
// Everything that can be sent in a dialog, in any order, right and wrong, while the center does whatever it
// likes on its side: calls end, ports come back, the next caller is served.
#include <array>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "drivers/sip/raw_phone.hpp"
#include "drivers/sip/two_offices.hpp"

using namespace vcsr;
using vcsr::test::Clockwork;
using vcsr::test::Office;
using vcsr::test::RawPhone;

namespace {

const std::string sdp_header = "Content-Type: application/sdp\r\n";
const std::string sdp_head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n";
const std::string sdp_audio = "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

constexpr std::uint16_t ports = 8;
constexpr Duration look_every =
    std::chrono::milliseconds(6);  // the driver's loop looks for events every 4 ms

SipOptions with_few_ports() {
  SipOptions options;
  options.rtp_first = 17400;
  options.rtp_last = options.rtp_first + 2 * (ports - 1);
  return options;
}

/// A caller who does everything, and a center that does too.
class Storm {
 public:
  Storm(Clockwork& clockwork, Office& office, unsigned seed)
      : clockwork_(clockwork), office_(office), chance_(seed), raw_(office.driver->port()) {
    raw_.call_id += "storm" + std::to_string(seed);
    uri_ = "sip:1000@" + office.host();
    to_ = "<" + uri_ + ">";
  }

  void blow(int steps) {
    invite(sdp_head + sdp_audio);
    for (int i = 0; i < steps; ++i) {
      if (one_in(3)) act();
      else send();
      if (one_in(2)) listen(false);
    }
  }

  /// Both sides let go of everything.
  void end() {
    office_.callers.clear();
    in_dialog("BYE");
    for (int i = 0; i < 20 && listen(true); ++i) {
    }
  }

  /// Whether anything came. An orderly caller acknowledges and answers all of it.
  bool listen(bool orderly) {
    bool any = false;
    settle();
    for (std::string text = raw_.receive(0); !text.empty(); text = raw_.receive(0)) {
      any = true;
      if (text.starts_with("SIP/2.0 ")) hear_answer(text, orderly);
      else if (!text.starts_with("ACK ")) answer(text, orderly);
    }
    return any;
  }

 private:
  bool one_in(unsigned n) { return chance_() % n == 0; }
  template <std::size_t n>
  const std::string& any_of(const std::array<std::string, n>& choices) {
    return choices[chance_() % n];
  }

  /// What was sent has been taken and the loop has been told of it.
  void settle() {
    const RawPhone other(office_.driver->port());
    other.send(other.request("OPTIONS", uri_, 1, "<" + uri_ + ">"));
    REQUIRE(other.receive("SIP/2.0 200").starts_with("SIP/2.0 200 "));
    clockwork_.run_until([] { return false; }, look_every);
  }

  void invite(const std::string& body) {
    ++sequence_;
    invited_ = sequence_;
    raw_.send(raw_.request("INVITE", uri_, sequence_, to_, body.empty() ? "" : sdp_header, body));
  }
  void in_dialog(const std::string& method, const std::string& more = {}, const std::string& body = {}) {
    std::string to = to_;
    int sequence = ++sequence_;
    if (one_in(10)) to = "<" + uri_ + ">;tag=wrong";
    if (one_in(10)) sequence = static_cast<int>(chance_() % 40);
    raw_.send(raw_.request(method, uri_, sequence, to, more, body));
  }
  void of_invite(const std::string& method, bool same_branch, const std::string& body = {}) {
    std::string text = raw_.request(method, uri_, invited_, method == "CANCEL" ? "<" + uri_ + ">" : to_,
                                    body.empty() ? "" : sdp_header, body);
    const std::string own = std::to_string(invited_) + method + ";rport";
    if (same_branch) text.replace(text.find(own), own.size(), std::to_string(invited_) + "INVITE;rport");
    raw_.send(text);
  }

  void send() {
    const std::string body = any_of(bodies_);
    const std::string type = body.empty() ? "" : sdp_header;
    switch (chance_() % 11) {
      case 0: return invite(body);
      case 1: return of_invite("ACK", one_in(2), body);
      case 2: return of_invite("CANCEL", true);
      case 3: return one_in(3) ? in_dialog("BYE") : in_dialog("UPDATE", type, body);
      case 4: return in_dialog("UPDATE", type, body);
      case 5: return in_dialog("INFO", "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\n");
      case 6: return in_dialog("REFER", "Refer-To: <sip:9@127.0.0.1:9>\r\n");
      case 7: return in_dialog("PRACK", "RAck: 1 " + std::to_string(invited_) + " INVITE\r\n");
      case 8:
        return in_dialog(
            "NOTIFY", "Event: refer\r\nSubscription-State: terminated\r\nContent-Type: message/sipfrag\r\n",
            "SIP/2.0 200 OK\r\n");
      case 9: return in_dialog("OPTIONS");
      default: return in_dialog("REFER", "Refer-To: <sip:9@127.0.0.1?Replaces=a%3Bto-tag%3Db>\r\n");
    }
  }

  /// The center's side.
  void act() {
    if (office_.callers.empty()) return;
    Leg& leg = *office_.caller().leg;
    switch (chance_() % 10) {
      case 0: return leg.ring();
      case 1: return leg.hold();
      case 2: return leg.retrieve();
      case 3: return leg.refer("sip:7@127.0.0.1:9");
      case 4: return leg.send_digits("12");
      case 5: return leg.play(Prompt::sound(beep_), "en");
      case 6: return one_in(4) ? leg.hang_up(Cause::normal) : leg.answer();
      case 7:
        if (office_.callers.size() > 1) return leg.connect(*office_.callers.front()->leg);
        return leg.disconnect();
      default: return leg.answer();
    }
  }

  void hear_answer(const std::string& text, bool orderly) {
    const std::string sequence = RawPhone::header(text, "CSeq");
    if (sequence.find("INVITE") == std::string::npos || text.starts_with("SIP/2.0 100")) return;
    const bool good = text.starts_with("SIP/2.0 2");
    if (good || text.starts_with("SIP/2.0 18")) to_ = RawPhone::header(text, "To");
    if (text.starts_with("SIP/2.0 1") || (!orderly && one_in(6))) return;
    const int answered = std::exchange(invited_, std::atoi(sequence.c_str()));
    of_invite("ACK", !good, one_in(2) ? sdp_head + sdp_audio : "");
    invited_ = answered;
  }
  void answer(const std::string& text, bool orderly) {
    if (orderly || !one_in(4)) return raw_.reply(text, "200 OK", sdp_header, sdp_head + sdp_audio);
    const std::string refusal = any_of(refusals_);
    if (!refusal.empty()) raw_.reply(text, refusal);
  }

  Clockwork& clockwork_;
  Office& office_;
  std::mt19937 chance_;
  RawPhone raw_;
  std::string uri_, to_;
  int sequence_ = 0, invited_ = 0;
  SoundPtr beep_ = std::make_shared<const Sound>(std::vector<std::int16_t>(160, 1000));
  const std::array<std::string, 6> bodies_ = {"",
                                              sdp_head + sdp_audio,
                                              sdp_head + sdp_audio + "a=sendonly\r\n",
                                              sdp_head + "m=image 9 udptl :t38\r\n",
                                              "v=0\r\n?",
                                              sdp_head + "m=audio 0 RTP/AVP 0\r\n"};
  const std::array<std::string, 5> refusals_ = {"", "486 Busy Here", "481 Gone", "491 Request Pending",
                                                "500 No"};
};

/// The last calls end by themselves when the stack's timers say so.
bool all_over(Clockwork& clockwork, Office& office, Storm& storm) {
  for (int i = 0; i < 2000; ++i) {
    if (office.driver->statistics().calls == 0) return true;
    clockwork.run_until([] { return false; }, look_every);
    office.callers.clear();
    storm.listen(true);
  }
  return false;
}

}  // namespace

TEST_CASE("requests of a dialog in any order leave neither calls nor ports behind") {
  Clockwork clockwork;
  Office office(clockwork, with_few_ports());
  const char* wanted = std::getenv("STORMS");
  const unsigned storms = wanted ? static_cast<unsigned>(std::atoi(wanted)) : 40;

  for (unsigned seed = 1; seed <= storms; ++seed) {
    CAPTURE(seed);
    Storm storm(clockwork, office, seed);
    storm.blow(5 + static_cast<int>(seed % 20));
    storm.end();
    REQUIRE(all_over(clockwork, office, storm));
  }

  CHECK(office.arrivals.size() >= storms);
  office.callers.clear();
  // Each port is free again.
  std::vector<std::unique_ptr<RawPhone>> callers;
  for (unsigned i = 0; i < ports; ++i) {
    CAPTURE(i);
    callers.push_back(std::make_unique<RawPhone>(office.driver->port()));
    const RawPhone& raw = *callers.back();
    const std::string uri = "sip:1000@" + office.host();
    raw.send(raw.request("INVITE", uri, 1, "<" + uri + ">", sdp_header, sdp_head + sdp_audio));
    REQUIRE(clockwork.run_until([&] { return office.callers.size() == i + 1; }));
    office.caller().leg->answer();
    CHECK(raw.receive("SIP/2.0 200").find("m=audio 174") != std::string::npos);
  }
}
