// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_stream.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "base/prefetch.hpp"
#include "vcsr/media/g711.hpp"
#include "vcsr/media/mix.hpp"

namespace vcsr::sip {

namespace {

constexpr int reads_at_most = 8;           // a flood must not hold up the other streams
constexpr std::uint8_t look_further = 15;  // every so many ticks (a mask)
constexpr Duration half_tick = frame_duration / 2;
constexpr std::uint32_t ssrc_silence = 3;  // ticks after which the party may go on under another SSRC
constexpr std::size_t relayed_at_most = 32;
constexpr std::size_t touched_bytes = 704;

bool carries_audio(const RtpPacket& packet) {
  return packet.payload_type == std::uint8_t(Codec::pcmu) || packet.payload_type == std::uint8_t(Codec::pcma);
}

}  // namespace

RtpStream::RtpStream(MediaId id, RtpSocket socket, const RtpStart& start, std::optional<RtpSocket> second)
    : id_(id),
      socket_(std::move(socket)),
      silence_limit_(start.silence_limit),
      sequence_(start.sequence),
      timestamp_(start.timestamp),
      ssrc_(start.ssrc),
      reception_(start.sequence),
      second_(std::move(second)),
      chance_(start.ssrc) {
  plan_report();
  heard_.fill(silence_of(plan_.codec));
}

void RtpStream::tap(std::shared_ptr<AudioTap> tap) {
  const std::lock_guard lock(tap_mutex_);
  tap_ = tap.get();
  // Either the media thread's next look sees the new tap, or we see that it is in the old one.
  while (tapping_) std::this_thread::yield();
  tap_owner_.swap(tap);
}

void RtpStream::prefetch() const noexcept {
  prefetch_lines(this, touched_bytes);
  prefetch_lines(&heard_, sizeof heard_);
}

void RtpStream::prefetch_listen() const noexcept { playout_.prefetch(); }

void RtpStream::prefetch_talk() const noexcept {
  __builtin_prefetch(tap_.load(std::memory_order_relaxed));
  if (sound_) sound_.prefetch(plan_.codec);
}

void RtpStream::choose_socket(IpVersion version) noexcept {
  if (second_ && second_->local().version() == version) socket_.swap(*second_);
}

void RtpStream::agree(RtpAgreement agreement) {
  choose_socket(agreement.party.version());
  if (agreement.party != plan_.party) {
    socket_.disconnect();
    party_ssrc_.reset();
  }
  source_.expect(agreement.party);
  if (agreement.codec != plan_.codec || agreement.coding != plan_.coding) {
    playout_.reset(agreement.codec);
    heard_.fill(silence_of(agreement.codec));
  }
  if (!plan_.receive) quiet_ = 0;
  plan_ = std::move(agreement);
  reception_.judge_as(wire_codec());
  backlog_ = backlog_ || !agreed_;
  agreed_ = true;
}

void RtpStream::play(SoundPtr sound, bool repeat, std::uint32_t play) {
  sound_ = RtpSound(std::move(sound), repeat);
  play_ = play;
}

void RtpStream::send_digits(const std::string& digits) {
  digits_.press(digits);
  digits_asked_ = true;
}

void RtpStream::send_tones(SoundPtr tones) { tones_.emplace_back(std::move(tones), false); }

void RtpStream::listen(RtpTick& tick) {
  if (!agreed_) return;
  receive(tick);
  watch_silence(tick);
  if (plan_.coding) plan_.coding->read_next(playout_);
  if (!playout_.read(heard_) || concealment_.active()) repair();
  if (!plan_.detector || !plan_.receive) return;
  AudioFrame linear;
  decode(plan_.codec, heard_, linear);
  for (const char digit : plan_.detector->feed(linear)) {
    tick.events.push_back({id_, RtpEvent::Kind::digit, digit});
  }
}

void RtpStream::talk(RtpTick& tick) {
  if (agreed_) {
    speak(tick);
    if (--report_in_ == 0) report(tick);
  }
  pass(1);
}

void RtpStream::feed_tap(FrameSpan sent) noexcept {
  if (!tap_.load(std::memory_order_relaxed)) return;
  tapping_ = true;
  if (AudioTap* tap = tap_) tap->on_audio({plan_.codec, heard_, sent});
  tapping_.store(false, std::memory_order_release);
}

void RtpStream::receive(RtpTick& tick) {
  std::array<std::uint8_t, datagram_bytes> buffer;
  RtpAddress from;
  ++quiet_;
  // One read a tick keeps pace with packets of 20 ms; a queue behind them would be delay for ever.
  const bool empty_queue = backlog_ || (++ticks_ & look_further) == 0;
  int reads = 0;
  for (; reads < reads_at_most; ++reads) {
    const auto datagram = socket_.receive(buffer, from);
    if (!datagram) break;
    take(*datagram, from, tick);
    if (!empty_queue && playout_.waiting() >= frame_samples) break;
  }
  backlog_ = reads == reads_at_most;
}

/// What was lost is made up from what was heard, so that neither party, nor a recording, nor the search for
/// digits meets an edge.
void RtpStream::repair() noexcept {
  if (concealment_.faded_out() && playout_.nothing_came()) return;
  bool edge = playout_.jumped();
  for (std::size_t i = 0; i < frame_samples; ++i) {
    const bool came = playout_.came(i);
    // While a key is told as an event there is no audio to be made up.
    if ((edge || (!came && !in_event_)) && !concealment_.active()) begin_concealment(i);
    edge = false;
    if (!concealment_.active()) continue;
    const std::int16_t sample =
        came ? concealment_.present(decode(plan_.codec, heard_[i])) : concealment_.missing();
    heard_[i] = encode(plan_.codec, sample);
  }
  playout_.keep(heard_);
}

/// From the byte of that index on.
void RtpStream::begin_concealment(std::size_t index) noexcept {
  std::array<std::uint8_t, RtpPlayout::history + frame_samples> heard;
  playout_.before(std::span(heard).first<RtpPlayout::history>());
  std::copy_n(heard_.begin(), index, heard.begin() + RtpPlayout::history);
  std::array<std::int16_t, Concealment::history> linear;
  decode(plan_.codec, std::span(heard).subspan(index, Concealment::history), linear);
  concealment_.begin(linear);
}

void RtpStream::take(std::span<const std::uint8_t> datagram, const RtpAddress& from, RtpTick& tick) {
  if (datagram.size() > datagram_bytes) {
    ++tick.malformed;
    return;
  }
  alignas(4) std::array<std::uint8_t, datagram_bytes> buffer;
  const auto clear = opened(datagram, buffer, tick);
  if (!clear) return;
  // It waited for the tick: half of one, on average.
  if (plan_.rtcp_mux && is_rtcp(*clear)) return take_report(*clear, from, tick.now - half_tick, tick);
  const std::optional<RtpPacket> packet = RtpPacket::parse(*clear);
  if (!packet) {
    ++tick.malformed;
  } else if (!accept(*packet, from)) {
    ++tick.foreign;
  } else {
    ++tick.received;
    quiet_ = 0;
    const bool timed = plan_.coding ? plan_.coding->carries(*packet) : carries_audio(*packet);
    reception_.count(packet->sequence, packet->timestamp / ticks_per_sample(), timed, tick.now);
    if (plan_.receive) hear(*packet, tick);
  }
}

/// In clear; before anything is learned of it: who cannot sign is nobody.
std::optional<std::span<const std::uint8_t>> RtpStream::opened(std::span<const std::uint8_t> datagram,
                                                               std::span<std::uint8_t> buffer,
                                                               RtpTick& tick) {
  if (!plan_.opened) return datagram;
  const auto clear = plan_.opened->open(datagram, buffer);
  if (!clear) ++tick.unauthentic;
  return clear;
}

bool RtpStream::accept(const RtpPacket& packet, const RtpAddress& from) {
  if (!source_.accept(from, packet.ssrc)) return false;
  if (source_.confirmed() && !socket_.connected()) socket_.connect(source_.target());
  if (packet.ssrc == party_ssrc_) return true;
  // Somebody who forges the party's address would have to know its SSRC, while the party sends.
  if (party_ssrc_ && quiet_ < ssrc_silence) return false;
  party_ssrc_ = packet.ssrc;
  reception_.restart(packet.ssrc);
  playout_.reset(plan_.codec);
  if (plan_.coding) plan_.coding->reset();
  return true;
}

void RtpStream::hear(const RtpPacket& packet, RtpTick& tick) {
  if (plan_.coding) plan_.coding->write(packet, playout_);
  in_event_ = plan_.events.holds(packet.payload_type);
  if (in_event_) {
    if (const auto digit = events_.receive(packet.timestamp, packet.payload)) hear_digit(*digit, tick);
  } else if (packet.payload_type == std::uint8_t(plan_.codec)) {
    playout_.write(packet.timestamp, packet.payload);
  } else if (carries_audio(packet)) {
    // The other law than agreed on: some gateways change without a word.
    std::array<std::uint8_t, datagram_bytes> agreed;
    const std::span<std::uint8_t> audio = std::span(agreed).first(packet.payload.size());
    transcode(Codec{packet.payload_type}, plan_.codec, packet.payload, audio);
    playout_.write(packet.timestamp, audio);
  }
}

void RtpStream::hear_digit(char digit, RtpTick& tick) {
  tick.events.push_back({id_, RtpEvent::Kind::digit, digit});
  for (RtpStream* hearer : hearing_.hearers()) {
    if (hearer->plan_.events.any() && hearer->digits_.left() < relayed_at_most)
      hearer->digits_.press({&digit, 1});
  }
}

void RtpStream::watch_silence(RtpTick& tick) {
  if (lost_ || silence_limit_ == 0 || !plan_.receive || quiet_ < silence_limit_) return;
  lost_ = true;
  tick.events.push_back({id_, RtpEvent::Kind::lost});
}

void RtpStream::speak(RtpTick& tick) {
  std::array<std::uint8_t, rtp_header_bytes + frame_samples> datagram;
  const FrameSpan frame = std::span(datagram).last<frame_samples>();
  if (digits_.busy()) {
    std::fill(frame.begin(), frame.end(), silence_of(plan_.codec));
    send_event(tick);
    return feed_tap(frame);
  }
  const bool talks = fill(frame, tick);
  const RtpPacket header{
      .payload_type = std::uint8_t(plan_.codec), .marker = talks && !talking_, .timestamp = wire_time()};
  talking_ = talks && plan_.send;
  if (!plan_.send) std::fill(frame.begin(), frame.end(), silence_of(plan_.codec));
  if (plan_.coding) {
    send_coded(frame, header, tick);
  } else {
    send(header, datagram, tick);
  }
  feed_tap(frame);
}

/// True when the frame is more than silence.
bool RtpStream::fill(FrameSpan frame, RtpTick& tick) {
  copied_ = nullptr;
  if (!tones_.empty()) {
    if (tones_.front().read(plan_.codec, frame)) {
      tones_.erase(tones_.begin());
      if (tones_.empty()) tick.events.push_back({id_, RtpEvent::Kind::digits_sent});
    }
  } else if (sound_) {
    if (sound_.read(plan_.codec, frame)) {
      sound_ = {};
      tick.events.push_back({id_, RtpEvent::Kind::played, 0, play_});
    }
  } else {
    return fill_from_sources(frame);
  }
  return true;
}

/// One source is copied as it came; only several are mixed.
bool RtpStream::fill_from_sources(FrameSpan frame) {
  const auto speaks = [](const RtpStream* source) { return source->agreed_; };
  const std::vector<RtpStream*>& sources = hearing_.sources();
  const auto first = std::find_if(sources.begin(), sources.end(), speaks);
  if (first == sources.end()) {
    std::fill(frame.begin(), frame.end(), silence_of(plan_.codec));
    return false;
  }
  if (std::none_of(first + 1, sources.end(), speaks)) {
    transcode((*first)->plan_.codec, plan_.codec, (*first)->heard_, frame);
    copied_ = *first;
    return true;
  }
  Mix mix;
  for (auto source = first; source != sources.end(); ++source) {
    if (speaks(*source)) mix.add((*source)->plan_.codec, (*source)->heard_);
  }
  mix.encode(plan_.codec, frame);
  return true;
}

void RtpStream::send_event(RtpTick& tick) {
  talking_ = false;
  const std::optional<RtpDigits::Step> step = digits_.next();
  if (step && plan_.events.any()) {
    const int type = plan_.events.of(wire_codec());
    if (step->first) event_timestamp_ = wire_time();
    TelephoneEvent told = step->event;
    told.duration = static_cast<std::uint16_t>(told.duration * plan_.events.ticks(type));
    const std::array<std::uint8_t, 4> event = told.bytes();
    std::array<std::uint8_t, rtp_header_bytes + event.size()> datagram;
    std::copy(event.begin(), event.end(), datagram.begin() + rtp_header_bytes);
    send({.payload_type = std::uint8_t(type), .marker = step->first, .timestamp = event_timestamp_}, datagram,
         tick);
  }
  if (digits_.busy() || !std::exchange(digits_asked_, false)) return;
  tick.events.push_back({id_, RtpEvent::Kind::digits_sent});
}

void RtpStream::send(RtpPacket header, std::span<std::uint8_t> datagram, RtpTick& tick) {
  if (!plan_.send || !source_.target().usable()) return;
  header.sequence = sequence_++;
  header.ssrc = ssrc_;
  header.write_header(datagram.first<rtp_header_bytes>());
  if (!transmit(socket_, datagram, source_.target())) return;
  ++tick.sent;
  ++packets_sent_;
  octets_sent_ += static_cast<std::uint32_t>(datagram.size() - rtp_header_bytes);
}

void RtpStream::send_coded(FrameSpan frame, RtpPacket header, RtpTick& tick) {
  if (!plan_.send) return;
  AudioCoder::Payload coded;
  std::span<const std::uint8_t> payload = payload_as_it_came();
  if (payload.empty()) payload = plan_.coding->encode(frame, coded);
  if (payload.empty()) return;
  std::array<std::uint8_t, rtp_header_bytes + frame_samples> datagram;
  std::copy(payload.begin(), payload.end(), datagram.begin() + rtp_header_bytes);
  header.payload_type = std::uint8_t(plan_.coding->wire().payload_type);
  send(header, std::span(datagram).first(rtp_header_bytes + payload.size()), tick);
}

/// What the one source that is heard sent, where it speaks our party's codec.
std::span<const std::uint8_t> RtpStream::payload_as_it_came() const {
  const RtpCoding* source = copied_ ? copied_->plan_.coding.get() : nullptr;
  if (!source || source->wire().codec != plan_.coding->wire().codec) return {};
  return source->payload_at(copied_->playout_.position());
}

bool RtpStream::transmit(RtpSocket& socket, std::span<const std::uint8_t> datagram, const RtpAddress& to) {
  if (!plan_.sealed) return socket.send(datagram, to);
  alignas(4) std::array<std::uint8_t, rtp_header_bytes + frame_samples + SrtpStream::longest_tag> buffer;
  if (datagram.size() + SrtpStream::longest_tag > buffer.size()) return false;
  std::copy(datagram.begin(), datagram.end(), buffer.begin());
  const auto sealed = plan_.sealed->seal(buffer, datagram.size());
  return sealed && socket.send(*sealed, to);
}

}  // namespace vcsr::sip
