// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/sip/sdp_session.hpp"

namespace vcsr::sip {

/// Where a session recording server wants one of the two streams.
struct RecorderTarget {
  std::string address = {};
  std::uint16_t port = 0;           ///< 0: it refused the stream
  bool pcmu = false, pcma = false;  ///< what it takes
  bool receives = false;            ///< just now
  std::uint16_t reports = 0;        ///< the port for those of RTCP; 0: the one after the audio's
  std::optional<SrtpKey> key = {};  ///< with which we send; empty in the clear

  friend bool operator==(const RecorderTarget&, const RecorderTarget&) = default;
};

/// The customer's stream, and the one of what the customer hears.
using RecorderTargets = std::array<RecorderTarget, 2>;

/// The descriptions of a recording session (RFC 7866 §7.1.1): two streams that only we send, told apart by
/// their labels. Plain values, no thread.
class RecorderSdp {
 public:
  /// The profile outlives it, but what it says of encryption is for calls; `id` makes the o= line unique
  /// among our sessions.
  RecorderSdp(const SdpProfile& profile, std::uint64_t id, std::array<std::uint16_t, 2> ports,
              SipEncryption encryption = SipEncryption::off)
      : profile_(&profile), id_(id), ports_(ports), encryption_(encryption) {}

  /// Whether the next description says that nothing is sent.
  void set_paused(bool paused) { paused_ = paused; }

  std::string offer();
  /// The server's answer to our last offer; false for what is no answer to it and for one that takes neither
  /// stream.
  bool take_answer(std::string_view sdp);
  /// The server's offer, in SIP's terms: 200, 488 where nothing suits, 400 for what is not SDP.
  int take_offer(std::string_view sdp);
  /// To the offer taken last.
  std::string answer();

  const RecorderTargets& targets() const { return targets_; }

 private:
  /// What one stream has of its own.
  struct Stream {
    std::array<std::optional<SrtpKey>, srtp_suites.size()> keys{};  ///< with which we send, made when needed
    std::optional<SdpCrypto> crypto = {};  ///< the server's, by which ours was chosen
    std::string protocol = {};             ///< as agreed; empty before
  };

  bool agree(const Sdp& sdp, bool answering);
  std::optional<SdpCrypto> choose_key(const SdpMedia& media, bool answering) const;
  RecorderTarget take(const SdpMedia& media, bool answering, Stream& stream) const;
  static const SrtpKey& key_of(Stream& stream, SrtpSuite suite);
  std::string offered_line(std::size_t stream);
  std::string media_line(std::size_t stream, const std::string& protocol, bool refused, bool sends) const;
  std::string describe(const std::string& media);

  const SdpProfile* profile_;
  std::uint64_t id_;
  std::array<std::uint16_t, 2> ports_;
  SipEncryption encryption_;
  std::array<Stream, 2> streams_;
  bool paused_ = false;
  std::uint64_t version_ = 0;
  std::string last_;  ///< what was described behind the version
  std::vector<std::string> more_media_;
  RecorderTargets targets_;
};

}  // namespace vcsr::sip
