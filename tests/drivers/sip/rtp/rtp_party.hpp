// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "drivers/sip/rtp/rtp_address.hpp"
#include "drivers/sip/rtp/rtp_packet.hpp"
#include "drivers/sip/rtp/system_address.hpp"
#include "vcsr/media/audio.hpp"

namespace vcsr::sip::test {

using Bytes = std::vector<std::uint8_t>;

/// A loopback address of this process alone, so that tests that run at the same time do not take
/// each other's ports.
inline RtpAddress own_host() {
  const auto process = static_cast<std::uint32_t>(::getpid());
  return {RtpAddress::mapped(0x7f400000u | (process & 0x3fffff)), 0};
}
inline std::string own_host_name() { return host_text(own_host()); }

/// A telephone's side of an RTP stream: a socket on the loopback interface.
class RtpParty {
 public:
  struct Packet {
    RtpPacket header;
    Bytes payload;
    RtpAddress from;
  };

  explicit RtpParty(const RtpAddress& host = own_host())
      : descriptor_(
            ::socket(host.version() == IpVersion::v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)),
        address_(host) {
    SystemAddress bound(host);
    REQUIRE(::bind(descriptor_, &bound.any, bound.length) == 0);
    ::getsockname(descriptor_, &bound.any, &bound.length);
    address_ = bound.read();
  }
  RtpParty(const RtpParty&) = delete;
  ~RtpParty() { ::close(descriptor_); }

  const RtpAddress& address() const { return address_; }

  /// Waits for the next packet; fails the test when none comes within ten seconds.
  Packet receive() {
    REQUIRE(waits(10'000));
    Bytes datagram(2048);
    SystemAddress from;
    const ssize_t size =
        ::recvfrom(descriptor_, datagram.data(), datagram.size(), 0, &from.any, &from.length);
    REQUIRE(size >= 0);
    datagram.resize(static_cast<std::size_t>(size));
    const auto header = RtpPacket::parse(datagram);
    REQUIRE(header);
    return {*header, Bytes(header->payload.begin(), header->payload.end()), from.read()};
  }

  /// The same as it came, for packets that are encrypted.
  Bytes receive_datagram() {
    REQUIRE(waits(10'000));
    Bytes datagram(2048);
    const ssize_t size = ::recv(descriptor_, datagram.data(), datagram.size(), 0);
    REQUIRE(size >= 0);
    datagram.resize(static_cast<std::size_t>(size));
    return datagram;
  }

  bool anything_came() { return waits(0); }

  void send(const Bytes& datagram, std::uint16_t port) {
    const SystemAddress to({address_.ip, port});
    ::sendto(descriptor_, datagram.data(), datagram.size(), 0, &to.any, to.length);
  }

 private:
  bool waits(int milliseconds) {
    pollfd poll{descriptor_, POLLIN, 0};
    return ::poll(&poll, 1, milliseconds) == 1;
  }

  int descriptor_;
  RtpAddress address_;
};

/// The packets of one source, numbered as RFC 3550 has it.
struct RtpTalk {
  std::uint32_t ssrc = 77, timestamp = 5000;
  std::uint16_t sequence = 65530;

  Bytes packet(std::uint8_t type, const Bytes& payload) {
    return datagram({.payload_type = type,
                     .sequence = sequence++,
                     .timestamp = std::exchange(timestamp, timestamp + 160),
                     .ssrc = ssrc},
                    payload);
  }
  Bytes audio(std::uint8_t byte, Codec codec = Codec::pcmu) {
    return packet(std::uint8_t(codec), Bytes(frame_samples, byte));
  }
  /// A packet of an event that began at `began`.
  Bytes event(std::uint8_t type, std::uint32_t began, const Bytes& payload) {
    timestamp += 160;
    return datagram({.payload_type = type, .sequence = sequence++, .timestamp = began, .ssrc = ssrc},
                    payload);
  }

 private:
  static Bytes datagram(const RtpPacket& header, const Bytes& payload) {
    Bytes bytes(rtp_header_bytes);
    header.write_header(std::span<std::uint8_t, rtp_header_bytes>(bytes));
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
  }
};

}  // namespace vcsr::sip::test
