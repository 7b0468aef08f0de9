// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/sip/rtp/rtcp_poll.hpp"
#include "drivers/sip/rtp/rtp_coding.hpp"
#include "drivers/sip/rtp/rtp_digits.hpp"
#include "drivers/sip/rtp/rtp_engine.hpp"
#include "drivers/sip/rtp/rtp_packet.hpp"
#include "drivers/sip/rtp/rtp_playout.hpp"
#include "drivers/sip/rtp/rtp_reception.hpp"
#include "drivers/sip/rtp/rtp_socket.hpp"
#include "drivers/sip/rtp/rtp_sound.hpp"
#include "drivers/sip/rtp/rtp_source.hpp"
#include "drivers/sip/rtp/srtp.hpp"
#include "media/codec/concealment.hpp"
#include "telephony/hearing.hpp"
#include "vcsr/media/dtmf.hpp"

namespace vcsr::sip {

struct RtpEvent {
  enum class Kind { played, digit, digits_sent, lost };
  MediaId stream;
  Kind kind;
  char digit = 0;
  std::uint32_t play = 0;  ///< which play() was played to its end
};

/// What the streams of one slot bring forth.
struct RtpTick {
  Duration now{};
  std::uint64_t sent = 0, received = 0, foreign = 0, malformed = 0, unauthentic = 0, reports = 0;
  std::vector<RtpEvent> events = {};
};

/// A MediaPlan as a stream takes it.
struct RtpAgreement {
  RtpAddress party = {};
  Codec codec = Codec::pcmu;
  EventTypes events = {};
  bool send = true, receive = true;
  bool rtcp_mux = false;        ///< reports go through the audio's port
  std::uint16_t rtcp_port = 0;  ///< the party's for reports; 0: the one after the audio's
  /// Looks for digits in the audio; null where they come as events.
  std::shared_ptr<DtmfDetector> detector = {};
  /// Where the party's codec is not G.711; `codec` is then the law inside.
  std::shared_ptr<RtpCoding> coding = {};
  /// What goes out and comes in where it is encrypted; null in the clear.
  std::shared_ptr<SrtpStream> sealed = {}, opened = {};
};

struct RtpStart {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0, ssrc = 0;
  std::uint32_t silence_limit = 0;  ///< ticks; 0: never
};

/// The audio of one leg in both directions. Used by the media thread alone, but for tap().
///
/// Packets go out every 20 ms while sending is agreed, silence too: translators, recorders and
/// parties that wait for us to begin all need them. In order of precedence they carry digits, a
/// sound, the audio of the parties that are heard, silence. While sending is not agreed time goes on and the
/// party misses what is played.
class RtpStream {
 public:
  /// `second` is of the other IP version, for a party that has that one.
  RtpStream(MediaId id, RtpSocket socket, const RtpStart& start, std::optional<RtpSocket> second = {});
  RtpStream(const RtpStream&) = delete;
  RtpStream& operator=(const RtpStream&) = delete;

  MediaId id() const { return id_; }

  /// Any thread. When it returns the tap before is called no more.
  void tap(std::shared_ptr<AudioTap> tap);
  /// Brings what the next tick touches into the processor's cache while other streams wait for the system:
  /// first the stream, two streams ahead, then what that leads to, one stream ahead.
  void prefetch() const noexcept;
  void prefetch_listen() const noexcept;
  void prefetch_talk() const noexcept;

  void agree(RtpAgreement agreement);
  void play(SoundPtr sound, bool repeat, std::uint32_t play = 0);
  void stop_playing() { sound_ = {}; }
  void send_digits(const std::string& digits);
  /// The same as audio, for a party that agreed on no events.
  void send_tones(SoundPtr tones);
  void hear(RtpStream& source, bool on) { hearing_.hear(source.hearing_, on); }
  void disconnect() { hearing_.end(); }
  Hearing<RtpStream>& hearing() { return hearing_; }
  /// Any thread.
  MediaQuality quality() const { return reception_.quality(); }
  /// The last tick was: tells the party.
  void end(RtpTick& tick);

  /// Once every 20 ms each: reads what came, then sends one packet and feeds the tap.
  void listen(RtpTick& tick);
  void talk(RtpTick& tick);
  /// What listen() does with every datagram that came.
  void take(std::span<const std::uint8_t> datagram, const RtpAddress& from, RtpTick& tick);
  /// Who tells when reports come; null: nobody, before another thread takes the stream.
  void be_watched(RtcpPoll* poll) noexcept;
  /// When reports came to the port for them alone.
  void read_reports(RtpTick& tick);
  /// Time went by without ticks.
  void pass(std::uint32_t ticks) { timestamp_ += ticks * static_cast<std::uint32_t>(frame_samples); }

 private:
  static constexpr std::size_t datagram_bytes = 2048;
  using Frame = std::array<std::uint8_t, frame_samples>;
  using FrameSpan = std::span<std::uint8_t, frame_samples>;

  void choose_socket(IpVersion version) noexcept;
  void receive(RtpTick& tick);
  void repair() noexcept;
  void begin_concealment(std::size_t index) noexcept;
  bool accept(const RtpPacket& packet, const RtpAddress& from);
  void hear(const RtpPacket& packet, RtpTick& tick);
  void hear_digit(char digit, RtpTick& tick);
  void watch_silence(RtpTick& tick);

  void speak(RtpTick& tick);
  bool fill(FrameSpan frame, RtpTick& tick);
  bool fill_from_sources(FrameSpan frame);
  void send_event(RtpTick& tick);
  void send_coded(FrameSpan frame, RtpPacket header, RtpTick& tick);
  std::span<const std::uint8_t> payload_as_it_came() const;
  bool transmit(RtpSocket& socket, std::span<const std::uint8_t> datagram, const RtpAddress& to);
  void send(RtpPacket header, std::span<std::uint8_t> datagram, RtpTick& tick);
  void feed_tap(FrameSpan sent) noexcept;

  std::optional<std::span<const std::uint8_t>> opened(std::span<const std::uint8_t> datagram,
                                                      std::span<std::uint8_t> buffer, RtpTick& tick);
  void take_report(std::span<const std::uint8_t> report, const RtpAddress& from, Duration now, RtpTick& tick);
  void report(RtpTick& tick, bool bye = false);
  bool open_reports();
  void plan_report() noexcept;

  /// Of timestamps on the wire, for each sample inside.
  std::uint32_t ticks_per_sample() const { return sip::ticks_per_sample(wire_codec()); }
  std::uint32_t wire_time() const { return timestamp_ * ticks_per_sample(); }
  SipCodec wire_codec() const {
    return plan_.coding ? plan_.coding->wire().codec : SipCodec{std::uint8_t(plan_.codec)};
  }

  // What every tick touches comes first, in the order in which it is touched.
  const MediaId id_;
  RtpSocket socket_;
  bool agreed_ = false, backlog_ = false, lost_ = false;
  bool talking_ = false;       // the packet before carried more than silence
  bool in_event_ = false;      // the party's packet before was an event
  bool digits_asked_ = false;  // not only relayed: to be reported
  std::uint8_t ticks_ = 0;
  std::uint16_t report_in_ = 0;  // ticks
  std::uint32_t quiet_ = 0;      // ticks since the party was heard
  const std::uint32_t silence_limit_;
  RtpAgreement plan_;
  RtpSource source_;
  std::optional<std::uint32_t> party_ssrc_;
  std::uint16_t sequence_;
  std::uint32_t timestamp_, event_timestamp_ = 0;
  const std::uint32_t ssrc_;
  std::atomic<AudioTap*> tap_ = nullptr;
  std::atomic<bool> tapping_ = false;
  std::uint32_t play_ = 0;
  RtpSound sound_;
  RtpDigits digits_;
  std::vector<RtpSound> tones_;
  const RtpStream* copied_ = nullptr;  // whose audio alone is in the frame that goes out
  Hearing<RtpStream> hearing_{*this};
  std::uint32_t packets_sent_ = 0, octets_sent_ = 0;
  RtpReception reception_;
  RtpPlayout playout_;
  Frame heard_;  // the last 20 ms, for the connected party
  Concealment concealment_;

  std::optional<RtpSocket> second_;
  TelephoneEventReceiver events_;
  std::optional<RtpSocket> reports_;
  RtcpPoll* poll_ = nullptr;  // where reports_ is watched
  std::uint32_t chance_;      // of which the times of reports are drawn
  std::uint32_t reported_packets_ = 0;
  bool reports_ever_ = false;  // one went out
  std::mutex tap_mutex_;       // between those who change the tap; the media thread waits for nobody
  std::shared_ptr<AudioTap> tap_owner_;
};

static_assert(sizeof(RtpStream) <= 4096);

}  // namespace vcsr::sip
