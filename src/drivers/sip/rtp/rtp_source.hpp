// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "drivers/sip/rtp/rtp_address.hpp"

namespace vcsr::sip {

/// Decides whose packets are the party's. That is the negotiated address. Where a translator may
/// stand in between (the negotiated address is private, or the packets come from the same host), another
/// one is learned: once, from the first packets, and only until the negotiated address is heard.
/// A stranger who sprays packets at our ports is thus neither heard nor answered ("RTP bleed").
class RtpSource {
 public:
  /// Forgets what was learned when the address is another one than before.
  void expect(const RtpAddress& negotiated) noexcept {
    if (negotiated == negotiated_) return;
    *this = RtpSource();
    negotiated_ = negotiated;
  }

  bool accept(const RtpAddress& from, std::uint32_t ssrc) noexcept;

  /// Where the party wants its packets.
  const RtpAddress& target() const { return learned_ ? *learned_ : negotiated_; }
  /// The negotiated address was heard, so that nobody else needs to be listened to any more.
  bool confirmed() const { return confirmed_; }

 private:
  bool may_learn(const RtpAddress& from) const { return negotiated_.is_private() || from.near(negotiated_); }

  static constexpr int proofs = 4;  // packets in a row that make a source

  RtpAddress negotiated_, candidate_;
  std::optional<RtpAddress> learned_;
  std::uint32_t candidate_ssrc_ = 0;
  int seen_ = 0;
  int chances_ = 50;  // a second of packets
  bool confirmed_ = false;
};

}  // namespace vcsr::sip
