// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include <netinet/in.h>
#include <sys/socket.h>

#include "drivers/sip/rtp/rtp_address.hpp"

namespace vcsr::sip {

/// An address as the system has it. Inline, because every packet may need one.
struct SystemAddress {
  /// To be filled by the system.
  SystemAddress() {}
  explicit SystemAddress(const RtpAddress& address) {
    if (address.version() == IpVersion::v4) {
      v4 = {.sin_family = AF_INET,
            .sin_port = htons(address.port),
            .sin_addr = {htonl(address.ip[3])},
            .sin_zero = {}};
      length = sizeof v4;
      return;
    }
    v6 = {.sin6_family = AF_INET6,
          .sin6_port = htons(address.port),
          .sin6_flowinfo = 0,
          .sin6_addr = {},
          .sin6_scope_id = 0};
    for (std::size_t i = 0; i < address.ip.size(); ++i) v6.sin6_addr.s6_addr32[i] = htonl(address.ip[i]);
  }

  RtpAddress read() const {
    if (any.sa_family == AF_INET) return {RtpAddress::mapped(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
    RtpAddress address{.ip = {}, .port = ntohs(v6.sin6_port)};
    for (std::size_t i = 0; i < address.ip.size(); ++i) address.ip[i] = ntohl(v6.sin6_addr.s6_addr32[i]);
    return address;
  }

  union {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
  };
  socklen_t length = sizeof v6;
};

}  // namespace vcsr::sip
