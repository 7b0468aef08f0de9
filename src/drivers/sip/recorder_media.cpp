// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_media.hpp"

#include <algorithm>
#include <utility>

#include "vcsr/media/g711.hpp"

namespace vcsr::sip {

namespace {

RtpSocket& socket_towards(const RtpAddress& to, RtpPorts::Bound& bound) {
  return bound.second && bound.second->local().version() == to.version() ? *bound.second : bound.socket;
}

}  // namespace

void RecorderMedia::send_to(const RecorderTargets& targets) {
  if (targets == targets_) return;
  targets_ = targets;
  auto ways = std::make_unique<Ways>();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const RecorderTarget& target = targets[i];
    if (target.port == 0 || !target.receives) continue;
    const RtpAddress to = RtpAddress::parse(target.address, target.port);
    if (to.usable()) (*ways)[i] = Way{to, {target.pcmu, target.pcma}};
  }
  ways_.store(ways.get(), std::memory_order_release);
  all_ways_.push_back(std::move(ways));
}

void RecorderMedia::take(const TapFrame& frame) noexcept {
  const Ways* ways =
      silent_.load(std::memory_order_acquire) ? nullptr : ways_.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    RecorderStream& stream = streams_[i];
    if (ways && (*ways)[i]) send(stream, *(*ways)[i], frame.codec, i == 0 ? frame.heard : frame.sent);
    else stream.talking = false;
    stream.timestamp += static_cast<std::uint32_t>(frame_samples);
  }
}

void RecorderMedia::send(RecorderStream& stream, const Way& way, Codec codec, Frame frame) noexcept {
  std::array<std::uint8_t, rtp_header_bytes + frame_samples> datagram;
  const auto payload = std::span(datagram).last<frame_samples>();
  const bool as_it_is = way.takes[codec == Codec::pcmu ? 0 : 1];
  const Codec law = as_it_is ? codec : codec == Codec::pcmu ? Codec::pcma : Codec::pcmu;
  if (as_it_is) std::copy(frame.begin(), frame.end(), payload.begin());
  else transcode(codec, law, frame, payload);
  const RtpPacket header{.payload_type = static_cast<std::uint8_t>(law),
                         .marker = !std::exchange(stream.talking, true),
                         .sequence = stream.sequence++,
                         .timestamp = stream.timestamp,
                         .ssrc = stream.ssrc};
  header.write_header(std::span(datagram).first<rtp_header_bytes>());
  // What the network does not take is lost, as with every packet.
  static_cast<void>(socket_towards(way.to, stream.bound).send(datagram, way.to));
}

}  // namespace vcsr::sip
