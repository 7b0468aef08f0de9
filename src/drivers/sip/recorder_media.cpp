// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/recorder_media.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "drivers/sip/rtp/rtcp_packet.hpp"
#include "drivers/sip/rtp/rtp_reception.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/media/g711.hpp"

namespace vcsr::sip {

namespace {

/// Frames that go out for one that comes in, until what was kept is gone.
constexpr int hurry = 5;
constexpr std::uint32_t mean_interval =
    250;  // frames: 5 s (RFC 3550 §6.2), drawn from half to one and a half

RtpSocket& socket_towards(const RtpAddress& to, RtpPorts::Bound& bound) {
  return bound.second && bound.second->local().version() == to.version() ? *bound.second : bound.socket;
}

void plan_report(RecorderStream& stream) {
  stream.chance = (stream.chance ^ stream.ssrc) * 1664525 + 1013904223;
  stream.report_in = mean_interval / 2 + (stream.chance >> 16) % mean_interval;
}

bool open_reports(RecorderStream& stream, const RtpAddress& to) noexcept {
  if (stream.reports) return true;
  RtpAddress local = socket_towards(to, stream.bound).local();
  ++local.port;
  try {
    std::optional<RtpSocket> bound = RtpSocket::bind(local);
    if (bound) stream.reports.emplace(std::move(*bound));
  } catch (const Error&) {
    return false;  // audio is what counts; the next report tries again
  }
  return stream.reports.has_value();
}

/// What the network does not take is lost, as with every packet. `buffer` has room for the tag.
void transmit(RtpSocket& socket, std::span<std::uint8_t> buffer, std::size_t size, SrtpStream* seal,
              const RtpAddress& to) noexcept {
  if (!seal) {
    static_cast<void>(socket.send(buffer.first(size), to));
  } else if (const auto sealed = seal->seal(buffer, size)) {
    static_cast<void>(socket.send(*sealed, to));
  }
}

}  // namespace

void RecorderMedia::send_to(const RecorderTargets& targets) {
  if (targets != targets_) {
    auto ways = std::make_unique<Ways>();
    for (std::size_t i = 0; i < targets.size(); ++i) (*ways)[i] = way_to(targets[i], i);
    targets_ = targets;
    all_ways_.push_back(std::move(ways));
  }
  ways_.store(all_ways_.back().get(), std::memory_order_release);
}

std::optional<RecorderMedia::Way> RecorderMedia::way_to(const RecorderTarget& target, std::size_t stream) {
  if (target.port == 0 || !target.receives) return {};
  Way way{RtpAddress::parse(target.address, target.port), {}, {target.pcmu, target.pcma}};
  if (!way.to.usable()) return {};
  way.reports_to = way.to;
  way.reports_to.port = target.reports != 0 ? target.reports : static_cast<std::uint16_t>(target.port + 1);
  seals_[stream] = renewed(seals_[stream], target.key, SrtpStream::Direction::sends);
  way.seal = seals_[stream];
  return way;
}

void RecorderMedia::take(const TapFrame& frame) noexcept {
  taking_.store(true);
  if (!closed_.load()) take_open(frame);
  taking_.store(false);
}

RecorderMedia::Rest RecorderMedia::drain() noexcept {
  if (taking_.load()) return Rest::more;
  if (backlog_.empty()) return Rest::none;
  const Ways* const ways = ways_.load(std::memory_order_acquire);
  if (!ways || (!(*ways)[0] && !(*ways)[1])) return Rest::waits;
  send_kept(*ways);
  return backlog_.empty() ? Rest::none : Rest::more;
}

void RecorderMedia::abandon() noexcept {
  if (taking_.load()) return;
  for (; !backlog_.empty(); backlog_.pop()) lost_.fetch_add(1, std::memory_order_relaxed);
}

void RecorderMedia::take_open(const TapFrame& frame) noexcept {
  const std::uint32_t time = std::exchange(time_, time_ + static_cast<std::uint32_t>(frame_samples));
  const bool silent = silent_.load(std::memory_order_acquire);
  const Ways* ways = silent ? nullptr : ways_.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < streams_.size(); ++i)
    if (!ways || !(*ways)[i]) streams_[i].talking = false;
  if (silent) return;
  if (ways && backlog_.empty()) return send_all(*ways, time, frame.codec, frame.heard, frame.sent);
  if (!backlog_.push(time, frame)) lost_.fetch_add(1, std::memory_order_relaxed);
  if (ways) send_kept(*ways);
}

void RecorderMedia::send_kept(const Ways& ways) noexcept {
  for (int i = 0; i < hurry && !backlog_.empty(); ++i) {
    const RecorderBacklog::Frame& kept = backlog_.front();
    send_all(ways, kept.time, kept.codec, kept.sides[0], kept.sides[1]);
    backlog_.pop();
  }
}

void RecorderMedia::send_all(const Ways& ways, std::uint32_t time, Codec codec, Frame heard,
                             Frame sent) noexcept {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (!ways[i]) continue;
    send(streams_[i], *ways[i], time, codec, i == 0 ? heard : sent);
    report(streams_[i], *ways[i]);
  }
}

void RecorderMedia::send(RecorderStream& stream, const Way& way, std::uint32_t time, Codec codec,
                         Frame frame) noexcept {
  alignas(4) std::array<std::uint8_t, rtp_header_bytes + frame_samples + SrtpStream::longest_tag> buffer;
  const auto payload = std::span(buffer).subspan<rtp_header_bytes, frame_samples>();
  const bool as_it_is = way.takes[codec == Codec::pcmu ? 0 : 1];
  const Codec law = as_it_is ? codec : codec == Codec::pcmu ? Codec::pcma : Codec::pcmu;
  if (as_it_is) std::copy(frame.begin(), frame.end(), payload.begin());
  else transcode(codec, law, frame, payload);
  const RtpPacket header{.payload_type = static_cast<std::uint8_t>(law),
                         .marker = !std::exchange(stream.talking, true),
                         .sequence = stream.sequence++,
                         .timestamp = stream.timestamp + time,
                         .ssrc = stream.ssrc};
  header.write_header(std::span(buffer).first<rtp_header_bytes>());
  ++stream.packets;
  stream.octets += static_cast<std::uint32_t>(frame_samples);
  transmit(socket_towards(way.to, stream.bound), buffer, rtp_header_bytes + frame_samples, way.seal.get(),
           way.to);
}

/// Both streams tell the same time at the same sample, so that whoever mixes them keeps them together.
void RecorderMedia::report(RecorderStream& stream, const Way& way) noexcept {
  if (stream.report_in == 0) plan_report(stream);
  if (--stream.report_in > 0) return;
  plan_report(stream);
  if (!open_reports(stream, way.to)) return;
  const RtcpPacket report{.ssrc = stream.ssrc,
                          .sender = true,
                          .ntp = ntp_of(began_ + time_ / frame_samples * frame_duration),
                          .timestamp = stream.timestamp + time_,
                          .packets = stream.packets,
                          .octets = stream.octets};
  char name[16];
  std::snprintf(name, sizeof name, "vcsr-%08x", static_cast<unsigned>(stream.ssrc));
  alignas(4) std::array<std::uint8_t, RtcpPacket::longest + SrtpStream::longest_tag> buffer;
  const std::size_t size = report.write(std::span(buffer).first<RtcpPacket::longest>(), name);
  transmit(*stream.reports, buffer, size, way.seal.get(), way.reports_to);
}

}  // namespace vcsr::sip
