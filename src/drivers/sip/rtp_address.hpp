// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace vcsr::sip {

/// An IPv4 address and a UDP port.
struct RtpAddress {
  std::uint32_t ip = 0;  ///< host byte order
  std::uint16_t port = 0;

  /// Throws Error(invalid) when `ip` is no IPv4 address in dotted notation.
  static RtpAddress parse(const std::string& ip, std::uint16_t port);

  /// Somebody may be there: neither 0.0.0.0 (the old way to say hold, RFC 3264 §8.4) nor port 0.
  bool usable() const { return ip != 0 && port != 0; }
  /// Not reachable across the Internet, so what is seen of it there is some translator's address.
  bool is_private() const;

  friend bool operator==(const RtpAddress&, const RtpAddress&) = default;
};

/// "192.0.2.1:20000"
std::string to_string(const RtpAddress& address);

}  // namespace vcsr::sip
