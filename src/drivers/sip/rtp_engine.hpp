// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "vcsr/base/log.hpp"
#include "vcsr/base/loop.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip {

using MediaId = std::uint64_t;

struct RtpOptions {
  std::string address = "127.0.0.1";
  std::uint16_t first = 20000, last = 39998;  ///< even ports
  Duration silence_limit = std::chrono::seconds(20);  ///< 0: never
  Log log = {};
};

/// What SDP agreed on, from our side.
struct MediaPlan {
  std::string address;  ///< where the party wants its audio
  std::uint16_t port = 0;
  Codec codec = Codec::pcmu;
  int telephone_event = -1;  ///< payload type of RFC 4733 events; -1: in-band digits are looked for
  bool send = true, receive = true;
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
  std::uint64_t sent = 0, received = 0, foreign = 0;
  Duration late_p99{};
};

/// All audio of one SIP driver: a thread that wakes every few milliseconds, serves a tenth of the
/// streams each time, and for each reads and sends one packet of 20 ms through its own connected
/// socket. Methods are called on the loop; commands reach the thread through a queue in order.
class RtpEngine {
 public:
  RtpEngine(Loop& loop, MediaListener& listener, RtpOptions options);
  ~RtpEngine();

  /// Binds a port; nothing is sent before agree(). Throws Error(unavailable) when none is free.
  MediaOpened open();
  /// The plan of an answer, a re-INVITE (hold, another address) or early media.
  void agree(MediaId id, const MediaPlan& plan);
  void close(MediaId id);

  void play(MediaId id, SoundPtr sound, bool repeat);
  void stop_playing(MediaId id);
  void send_digits(MediaId id, std::string digits);
  /// Both hear each other; each replaces what was played. Ends when either is closed or disconnected.
  void connect(MediaId a, MediaId b);
  void disconnect(MediaId id);
  void tap(MediaId id, std::shared_ptr<AudioTap> tap);

  RtpStatistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vcsr::sip
