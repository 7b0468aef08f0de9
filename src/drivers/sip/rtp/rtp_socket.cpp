// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_socket.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "drivers/sip/rtp/system_address.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

constexpr int buffer_bytes = 1 << 15;       // about a second of packets, as the kernel counts
constexpr int v6_only = 1;                  // IPv4 has sockets of its own
constexpr int expedited_forwarding = 0xb8;  // RFC 3246, as voice is marked

// The C library's send() and recv() are points where a thread may be canceled: every call would pay to arm
// that and to disarm it again, and none of our threads is ever canceled.
ssize_t send_now(int socket, std::span<const std::uint8_t> datagram, const sockaddr* to, socklen_t length) {
  return ::syscall(SYS_sendto, socket, datagram.data(), datagram.size(), 0, to, length);
}
ssize_t receive_now(int socket, std::span<std::uint8_t> buffer, sockaddr* from, socklen_t* length) {
  return ::syscall(SYS_recvfrom, socket, buffer.data(), buffer.size(), 0, from, length);
}

[[noreturn]] void throw_unavailable(const RtpAddress& local, int error) {
  const std::string remedy = error == EMFILE ? "; raise the limit of open files (ulimit -n)" : "";
  throw Error(Error::Code::unavailable, "RTP: cannot open " + to_string(local) + ": " +
                                            std::generic_category().message(error) + remedy);
}

}  // namespace

std::optional<RtpSocket> RtpSocket::bind(const RtpAddress& local) {
  const bool v6 = local.version() == IpVersion::v6;
  RtpSocket made(::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), local);
  if (made.descriptor_ < 0) throw_unavailable(local, errno);
  if (v6) ::setsockopt(made.descriptor_, IPPROTO_IPV6, IPV6_V6ONLY, &v6_only, sizeof v6_only);
  const SystemAddress address(local);
  if (::bind(made.descriptor_, &address.any, address.length) != 0) {
    if (errno == EADDRINUSE) return {};
    throw_unavailable(local, errno);
  }
  // Wishes: a system that does not grant them still carries audio.
  ::setsockopt(made.descriptor_, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  ::setsockopt(made.descriptor_, v6 ? IPPROTO_IPV6 : IPPROTO_IP, v6 ? IPV6_TCLASS : IP_TOS,
               &expedited_forwarding, sizeof expedited_forwarding);
  return made;
}

RtpSocket::RtpSocket(RtpSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      connected_(other.connected_),
      party_alone_(other.party_alone_),
      party_(other.party_),
      local_(other.local_) {}

RtpSocket::~RtpSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::span<const std::uint8_t>> RtpSocket::receive(std::span<std::uint8_t> buffer,
                                                                RtpAddress& from) noexcept {
  ssize_t size = receive_once(buffer, from);
  // What is told first may be that the party's port was closed when we sent to it.
  if (size < 0 && errno == ECONNREFUSED) size = receive_once(buffer, from);
  if (size < 0) {
    party_alone_ = connected_;
    return {};
  }
  return buffer.first(static_cast<std::size_t>(size));
}

ssize_t RtpSocket::receive_once(std::span<std::uint8_t> buffer, RtpAddress& from) noexcept {
  if (party_alone_) {
    from = party_;
    return receive_now(descriptor_, buffer, nullptr, nullptr);
  }
  SystemAddress address;
  const ssize_t size = receive_now(descriptor_, buffer, &address.any, &address.length);
  if (size >= 0) from = address.read();
  return size;
}

bool RtpSocket::send(std::span<const std::uint8_t> datagram, const RtpAddress& to) noexcept {
  if (connected_) return send_now(descriptor_, datagram, nullptr, 0) >= 0;
  const SystemAddress address(to);
  return send_now(descriptor_, datagram, &address.any, address.length) >= 0;
}

void RtpSocket::connect(const RtpAddress& party) noexcept {
  const SystemAddress address(party);
  connected_ = ::connect(descriptor_, &address.any, address.length) == 0;
  party_ = party;
  party_alone_ = false;
}

void RtpSocket::disconnect() noexcept {
  if (!connected_) return;
  const sockaddr nobody{.sa_family = AF_UNSPEC, .sa_data = {}};
  connected_ = ::connect(descriptor_, &nobody, sizeof nobody) != 0;
  party_alone_ = false;
}

void RtpSocket::swap(RtpSocket& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(connected_, other.connected_);
  std::swap(party_alone_, other.party_alone_);
  std::swap(party_, other.party_);
  std::swap(local_, other.local_);
}

RtpPorts::RtpPorts(const std::string& address, std::uint16_t first, std::uint16_t last,
                   const std::string& second_address)
    : local_(RtpAddress::parse(address, 0)),
      first_(static_cast<std::uint16_t>(first + first % 2)),
      last_(static_cast<std::uint16_t>(last - last % 2)),
      next_(first_) {
  if (first < 1 || first_ < first || last_ < first_) {
    throw Error(Error::Code::invalid, "RTP: expected a range that holds an even port, got " +
                                          std::to_string(first) + " to " + std::to_string(last));
  }
  if (!second_address.empty()) second_ = RtpAddress::parse(second_address, 0);
}

std::optional<RtpSocket> RtpPorts::bind_second(std::uint16_t port) const {
  return second_ ? RtpSocket::bind({second_->ip, port}) : std::nullopt;
}

RtpPorts::Bound RtpPorts::bind_next() {
  for (int tries = (last_ - first_) / 2 + 1; tries > 0; --tries) {
    const std::uint16_t port =
        std::exchange(next_, next_ == last_ ? first_ : static_cast<std::uint16_t>(next_ + 2));
    std::optional<RtpSocket> socket = RtpSocket::bind({local_.ip, port}), second = bind_second(port);
    if (socket && second.has_value() == second_.has_value())
      return {std::move(*socket), port, std::move(second)};
  }
  throw Error(Error::Code::unavailable, "RTP: every even port from " + std::to_string(first_) + " to " +
                                            std::to_string(last_) + " of " + host_text(local_) +
                                            " is in use; widen the range of RTP ports");
}

}  // namespace vcsr::sip
