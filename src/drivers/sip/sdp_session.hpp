// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/sip/rtp/rtp_engine.hpp"
#include "drivers/sip/sdp.hpp"

namespace vcsr::sip {

/// What we bring to every session; outlives the sessions.
struct SdpProfile {
  std::string address;           ///< of the version that parties must have, too
  std::vector<SipCodec> codecs;  ///< in order of preference
  SipEncryption encryption = SipEncryption::allowed;

  IpVersion version() const { return ip_version(address).value_or(IpVersion::v4); }
};

/// One session's offers and answers (RFC 3264), ours and the party's. Plain values, no thread.
class SdpSession {
 public:
  /// `id` makes the o= line unique among our sessions.
  SdpSession(const SdpProfile& profile, std::uint64_t id) : profile_(&profile), id_(id) {}

  void set_port(std::uint16_t port) { port_ = port; }
  /// Whether our next description tells the party that it is held.
  void set_holding(bool holding) { holding_ = holding; }
  bool holding() const { return holding_; }

  /// The party's offer. False when nothing in it suits us; what was agreed before then stands.
  /// Throws Error(invalid) for what is not SDP.
  bool take_offer(std::string_view sdp);
  /// The party's answer to our last offer(); else the same.
  bool take_answer(std::string_view sdp);

  /// take_offer() in SIP's terms: 200, 488 where nothing suits, 400 for what is not SDP.
  int try_offer(std::string_view sdp);
  /// take_answer(), false also for what is not SDP.
  bool try_answer(std::string_view sdp);

  std::string offer();
  /// To the offer taken last.
  std::string answer();
  /// The description sent last.
  const std::string& last() const { return last_; }

  /// What is agreed; empty before there is an answer.
  const std::optional<MediaPlan>& plan() const { return plan_; }
  /// The party does not want to hear us.
  bool held() const { return held_; }

 private:
  bool agree(const SdpMedia& media, bool answering);
  std::string describe(const std::string& media);
  std::string audio_line(Direction direction, const std::vector<WireCodec>& codecs,
                         const EventTypes& events) const;
  bool offers_keys() const;
  std::optional<SdpCrypto> choose_key(const SdpMedia& media, bool answering) const;
  const SrtpKey& own_key(SrtpSuite suite);
  std::string crypto_lines();
  EventTypes offered_events() const;
  std::vector<WireCodec> offered_codecs(const EventTypes& events) const;
  Codec law_inside() const;
  std::optional<WireCodec> choose(const SdpMedia& media, bool answering) const;

  const SdpProfile* profile_;
  std::uint64_t id_;
  std::uint64_t version_ = 0;
  std::uint16_t port_ = 0;
  bool holding_ = false;
  bool held_ = false;
  Direction remote_ = Direction::sendrecv;
  std::string protocol_ = "RTP/AVP";
  std::optional<SdpCrypto> crypto_;                              ///< the party's that was chosen last
  bool keys_offered_ = false;                                    ///< in our last offer
  std::array<std::optional<SrtpKey>, srtp_suites.size()> keys_;  ///< with which we send, made when needed
  std::optional<MediaPlan> plan_;
  std::vector<std::string> other_media_;  ///< the offer's m-lines, refused; "" stands for the audio
  std::string last_;
};

}  // namespace vcsr::sip
