// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_coding.hpp"

#include <algorithm>

#include "vcsr/media/g711.hpp"

namespace vcsr::sip {

namespace {

constexpr int other_sequence = 200;  // so far from what is due is no packet: the party counts anew
constexpr std::size_t held_at_most = 6;
constexpr int known = 64;  // bits of came_

int distance(std::uint16_t from, std::uint16_t to) { return static_cast<std::int16_t>(to - from); }

std::unique_ptr<AudioCoder> make_coder(const WireCodec& wire) {
  if (wire.codec == SipCodec::g722) return make_g722_coder();
  OpusOptions options{.repeats = wire.repeats};
  if (wire.most_bits > 0) options.bits_per_second = std::min(options.bits_per_second, wire.most_bits);
  return make_opus_coder(options);
}

}  // namespace

RtpCoding::RtpCoding(const WireCodec& wire, Codec law) : wire_(wire), law_(law), coder_(make_coder(wire)) {}

void RtpCoding::reset() {
  started_ = false;
  held_.clear();
  kept_ = {};
}

void RtpCoding::write(const RtpPacket& packet, RtpPlayout& playout) {
  if (!started_ || std::abs(distance(next_, packet.sequence)) > other_sequence) {
    reset();
    started_ = true;
    next_ = packet.sequence;
    came_ = 0;
    timestamp_ = packet.timestamp;
    position_ = end_ = packet.timestamp / ticks_per_sample();
  }
  if (came_before(packet.sequence)) return;
  const auto payload = carries(packet) ? packet.payload : std::span<const std::uint8_t>();
  if (distance(next_, packet.sequence) > 0) {
    hold(packet.sequence, packet.timestamp, payload);
  } else {
    decode(packet.sequence, packet.timestamp, payload, playout);
  }
  decode_held(playout, false);
}

void RtpCoding::read_next(RtpPlayout& playout) {
  if (!held_.empty()) decode_held(playout, playout.waiting() < frame_samples);
}

std::span<const std::uint8_t> RtpCoding::payload_at(std::uint32_t position) const {
  for (const std::uint32_t place : {position, position + static_cast<std::uint32_t>(frame_samples) - 1}) {
    const Kept& kept = kept_[place / frame_samples % kept_.size()];
    if (kept.size > 0 && kept.position - position < frame_samples)
      return std::span(kept.bytes).first(kept.size);
  }
  return {};
}

std::span<const std::uint8_t> RtpCoding::encode(std::span<const std::uint8_t> frame,
                                                AudioCoder::Payload& out) noexcept {
  AudioFrame linear;
  vcsr::decode(law_, frame, linear);
  return coder_->encode(linear, out);
}

bool RtpCoding::came_before(std::uint16_t sequence) const {
  const int back = distance(sequence, next_) - 1;
  if (back >= 0) return back >= known || (came_ >> back & 1) != 0;
  return std::any_of(held_.begin(), held_.end(),
                     [sequence](const Packet& packet) { return packet.sequence == sequence; });
}

void RtpCoding::hold(std::uint16_t sequence, std::uint32_t timestamp, std::span<const std::uint8_t> payload) {
  const auto place = std::find_if(held_.begin(), held_.end(), [sequence](const Packet& packet) {
    return distance(sequence, packet.sequence) > 0;
  });
  held_.insert(place, {sequence, timestamp, {payload.begin(), payload.end()}});
}

/// Those whose turn it is, or all that wait.
void RtpCoding::decode_held(RtpPlayout& playout, bool all) {
  std::size_t done = 0;
  for (; done < held_.size(); ++done) {
    const Packet& packet = held_[done];
    if (!all && packet.sequence != next_ && held_.size() - done <= held_at_most) break;
    decode(packet.sequence, packet.timestamp, packet.payload, playout);
  }
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(done));
}

void RtpCoding::decode(std::uint16_t sequence, std::uint32_t timestamp, std::span<const std::uint8_t> payload,
                       RtpPlayout& playout) {
  const int lost = distance(next_, sequence);
  if (lost < 0) {
    came_ |= std::uint64_t{1} << (-lost - 1);
  } else {
    came_ = lost + 1 < known ? came_ << (lost + 1) | 1 : 1;
    next_ = static_cast<std::uint16_t>(sequence + 1);
  }
  if (payload.empty()) return;
  const auto ticks = static_cast<std::int32_t>(ticks_per_sample());
  const std::uint32_t position =
      position_ + static_cast<std::uint32_t>(static_cast<std::int32_t>(timestamp - timestamp_) / ticks);
  AudioCoder::Samples samples;
  const std::uint32_t gap = position - end_;
  if (lost > 0 && gap <= AudioCoder::longest) {
    const auto before = coder_->decode_lost(payload, samples);
    if (before.size() <= gap) put(position - static_cast<std::uint32_t>(before.size()), before, playout);
  }
  const auto decoded = coder_->decode(payload, samples);
  put(position, decoded, playout);
  if (decoded.size() == frame_samples) keep(position, payload);
  if (lost < 0) return;
  timestamp_ = timestamp;
  position_ = position;
  end_ = position + static_cast<std::uint32_t>(decoded.size());
}

void RtpCoding::put(std::uint32_t position, std::span<const std::int16_t> samples,
                    RtpPlayout& playout) const {
  if (samples.empty()) return;
  std::array<std::uint8_t, AudioCoder::longest> bytes;
  const auto encoded = std::span(bytes).first(samples.size());
  vcsr::encode(law_, samples, encoded);
  playout.write(position, encoded);
}

void RtpCoding::keep(std::uint32_t position, std::span<const std::uint8_t> payload) {
  Kept& kept = kept_[position / frame_samples % kept_.size()];
  kept.position = position;
  kept.size = payload.size() <= kept.bytes.size() ? payload.size() : 0;
  std::copy_n(payload.begin(), kept.size, kept.bytes.begin());
}

}  // namespace vcsr::sip
