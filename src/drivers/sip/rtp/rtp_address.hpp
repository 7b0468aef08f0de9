// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>

#include "drivers/sip/rtp/ip_version.hpp"

namespace vcsr::sip {

/// An IP address of either version and a UDP port.
struct RtpAddress {
  /// From the first to the last, in host byte order. An IPv4 address is the last after 0, 0 and 0xffff, as
  /// IPv6 maps them (RFC 4291 §2.5.5.2).
  using Words = std::array<std::uint32_t, 4>;

  Words ip{};
  std::uint16_t port = 0;

  /// Throws Error(invalid) when `ip` is no IP address.
  static RtpAddress parse(const std::string& ip, std::uint16_t port);
  static constexpr Words mapped(std::uint32_t ipv4) { return {0, 0, 0xffff, ipv4}; }

  IpVersion version() const {
    return ip[2] == 0xffff && (ip[0] | ip[1]) == 0 ? IpVersion::v4 : IpVersion::v6;
  }
  /// Somebody may be there: neither 0.0.0.0 or :: (the old way to say hold, RFC 3264 §8.4) nor port 0.
  bool usable() const { return port != 0 && ip != mapped(0) && ip != Words{}; }
  /// Not reachable across the Internet, so what is seen of it there is some translator's address.
  bool is_private() const;
  /// The same host or, of IPv6, where it may have several addresses, the same /64.
  bool near(const RtpAddress& other) const {
    return ip == other.ip ||
           (version() == IpVersion::v6 && ip[0] == other.ip[0] && ip[1] == other.ip[1] && ip[0] != 0);
  }

  friend bool operator==(const RtpAddress&, const RtpAddress&) = default;
};

static_assert(sizeof(RtpAddress) == 20 && std::is_trivially_copyable_v<RtpAddress>);

/// "192.0.2.1" or "2001:db8::1"
std::string host_text(const RtpAddress& address);
/// "192.0.2.1:20000" or "[2001:db8::1]:20000"
std::string to_string(const RtpAddress& address);

}  // namespace vcsr::sip
