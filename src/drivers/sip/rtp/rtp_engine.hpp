// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "drivers/sip/rtp/rtp_socket.hpp"
#include "drivers/sip/rtp/srtp_key.hpp"
#include "drivers/sip/rtp/wire_codec.hpp"
#include "vcsr/base/log.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/media/audio.hpp"
#include "vcsr/telephony/media_quality.hpp"

namespace vcsr::sip {

using MediaId = std::uint64_t;

struct RtpOptions {
  std::string address = "127.0.0.1", second_address = {};
  std::uint16_t first = 20000, last = 39998;          ///< even ports
  Duration silence_limit = std::chrono::seconds(20);  ///< 0: never
  std::size_t threads = 1;
  bool realtime = true;  ///< where the system permits it
  Log log = {};
};

/// What SDP agreed on, from our side.
struct MediaPlan {
  std::string address = {};  ///< where the party wants its audio
  std::uint16_t port = 0;
  Codec codec = Codec::pcmu;           ///< on the wire, or inside where `wire` has another
  std::optional<WireCodec> wire = {};  ///< where it is not G.711
  EventTypes events = {};              ///< none: in-band digits are looked for
  bool send = true, receive = true;
  bool rtcp_mux = false;        ///< reports go through the audio's port (RFC 5761)
  std::uint16_t rtcp_port = 0;  ///< the party's for reports; 0: the one after the audio's
  std::optional<SrtpKey> send_key = {}, receive_key = {};  ///< both or none

  friend bool operator==(const MediaPlan&, const MediaPlan&) = default;
};

/// What the engine tells, on the loop, in batches; nothing about a stream after its close().
class MediaListener {
 public:
  virtual void on_played(MediaId id) = 0;
  virtual void on_digit(MediaId id, char digit) = 0;
  virtual void on_digits_sent(MediaId id) = 0;
  /// No packet for RtpOptions::silence_limit while receiving was agreed. Told once.
  virtual void on_media_lost(MediaId id) = 0;

 protected:
  ~MediaListener() = default;
};

struct MediaOpened {
  MediaId id;
  std::uint16_t port;
};

struct RtpStatistics {
  std::uint64_t sent = 0, received = 0;
  std::uint64_t foreign = 0;      ///< dropped: from a stranger
  std::uint64_t malformed = 0;    ///< dropped: no RTP
  std::uint64_t unauthentic = 0;  ///< dropped: not signed with the key of the stream, or a repetition
  std::uint64_t reports = 0;      ///< of parties, by RTCP
  Duration late_p99{};            ///< how late the thread woke up
};

/// All audio of one SIP driver: threads that wake every few milliseconds, serve a tenth of their
/// streams each time, and for each read and send one packet of 20 ms through its own socket. Streams are
/// dealt out in turn; those that hear each other are one thread's, so that a frame never crosses threads.
/// Methods are called on the loop; commands reach the thread through a queue in order, and those to
/// a stream that is closed are ignored. Without streams the thread sleeps.
class RtpEngine {
 public:
  RtpEngine(Loop& loop, MediaListener& listener, RtpOptions options);
  ~RtpEngine();

  /// Binds a port; nothing is sent before agree(). Throws Error(unavailable) when none is free.
  MediaOpened open();
  /// A port of the same range for who sends by itself. Throws Error(unavailable) when none is free.
  RtpPorts::Bound bind();
  /// The plan of an answer, a re-INVITE (hold, another address) or early media. Throws
  /// Error(invalid) when the address is none.
  void agree(MediaId id, const MediaPlan& plan);
  /// Also takes the tap off.
  void close(MediaId id);

  /// Nothing is played before agree(); while sending is not agreed, time goes on and nobody hears it.
  void play(MediaId id, SoundPtr sound, bool repeat);
  void stop_playing(MediaId id);
  /// Throws Error(invalid) naming a character that is no digit.
  void send_digits(MediaId id, const std::string& digits);
  /// `hearer` hears `source` too, or no longer. What is played to it is heard instead of all sources. Ends
  /// when either is closed or disconnected.
  void hear(MediaId hearer, MediaId source, bool on);
  void disconnect(MediaId id);
  /// When it returns the tap before is called no more.
  void tap(MediaId id, std::shared_ptr<AudioTap> tap);

  /// Empty before the first packet and after close().
  std::optional<MediaQuality> quality(MediaId id) const;
  RtpStatistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr::sip
