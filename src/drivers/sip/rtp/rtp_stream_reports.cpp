// SPDX-License-Identifier: Apache-2.0
// The side of a stream that tells the party how its audio comes through, and is told (RTCP).
#include <array>
#include <cstdio>

#include "drivers/sip/rtp/rtp_stream.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr std::uint16_t mean_interval = 250;  // ticks: 5 s (RFC 3550 §6.2), drawn from half to one and a half
constexpr int reads_at_most = 4;

}  // namespace

void RtpStream::plan_report() noexcept {
  chance_ = chance_ * 1664525 + 1013904223;
  report_in_ = static_cast<std::uint16_t>(mean_interval / 2 + (chance_ >> 16) % mean_interval);
}

/// Once every few seconds; also while nothing may be sent but reports.
void RtpStream::report(RtpTick& tick, bool bye) {
  plan_report();
  if (!source_.target().usable() || (!plan_.rtcp_mux && !open_reports())) return;
  RtcpPacket report{.ssrc = ssrc_,
                    .sender = packets_sent_ != reported_packets_,
                    .ntp = ntp_of(tick.now),
                    .timestamp = wire_time(),
                    .packets = packets_sent_,
                    .octets = octets_sent_,
                    .block = reception_.block(tick.now),
                    .bye = bye};
  if (report.block) report.block->jitter *= ticks_per_sample();
  reported_packets_ = packets_sent_;
  char name[16];
  std::snprintf(name, sizeof name, "vcsr-%08x", static_cast<unsigned>(ssrc_));
  std::array<std::uint8_t, RtcpPacket::longest> datagram;
  const std::size_t size = report.write(datagram, name);
  RtpAddress to = source_.target();
  if (!plan_.rtcp_mux)
    to.port = plan_.rtcp_port != 0 ? plan_.rtcp_port : static_cast<std::uint16_t>(to.port + 1);
  if (transmit(plan_.rtcp_mux ? socket_ : *reports_, std::span(datagram).first(size), to))
    reports_ever_ = true;
}

/// Calls that are over before their first report need no second port.
bool RtpStream::open_reports() {
  if (reports_) return true;
  RtpAddress local = socket_.local();
  if (local.port == 0) return false;
  ++local.port;
  try {
    std::optional<RtpSocket> bound = RtpSocket::bind(local);
    if (!bound) return false;
    reports_.emplace(std::move(*bound));
  } catch (const Error&) {
    return false;  // audio is what counts; the next report tries again
  }
  if (poll_) poll_->watch(reports_->descriptor(), *this);
  return true;
}

void RtpStream::be_watched(RtcpPoll* poll) noexcept {
  if (poll_ && reports_) poll_->forget(reports_->descriptor());
  poll_ = poll;
  if (poll_ && reports_) poll_->watch(reports_->descriptor(), *this);
}

void RtpStream::read_reports(RtpTick& tick) {
  std::array<std::uint8_t, datagram_bytes> buffer;
  RtpAddress from;
  for (int reads = 0; reports_ && reads < reads_at_most; ++reads) {
    const auto datagram = reports_->receive(buffer, from);
    if (!datagram) return;
    alignas(4) std::array<std::uint8_t, datagram_bytes> clear;
    if (const auto report = opened(*datagram, clear, tick)) take_report(*report, from, tick.now, tick);
  }
}

/// Behind a translator reports come from another port than the one they are sent to, so only the host counts.
void RtpStream::take_report(std::span<const std::uint8_t> datagram, const RtpAddress& from, Duration now,
                            RtpTick& tick) {
  std::optional<RtcpPacket> report = RtcpPacket::parse(datagram, ssrc_);
  if (!report) {
    ++tick.malformed;
  } else if (from.ip != source_.target().ip) {
    ++tick.foreign;
  } else {
    ++tick.reports;
    if (report->block) report->block->jitter /= ticks_per_sample();
    reception_.take(*report, now);
  }
}

void RtpStream::end(RtpTick& tick) {
  disconnect();
  if (reports_ever_) report(tick, true);
  be_watched(nullptr);
  reports_.reset();
}

}  // namespace vcsr::sip
