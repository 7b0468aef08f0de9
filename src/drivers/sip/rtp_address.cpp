// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp_address.hpp"

#include <arpa/inet.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

struct Network {
  std::uint32_t ip;
  int bits;
  bool holds(std::uint32_t other) const { return (ip ^ other) >> (32 - bits) == 0; }
};

// RFC 1918, 6598 (carriers' translators), 3927, 1122.
constexpr Network private_networks[] = {{0x0a000000, 8},  {0xac100000, 12}, {0xc0a80000, 16},
                                        {0x64400000, 10}, {0xa9fe0000, 16}, {0x7f000000, 8}};

}  // namespace

RtpAddress RtpAddress::parse(const std::string& ip, std::uint16_t port) {
  in_addr parsed{};
  if (inet_pton(AF_INET, ip.c_str(), &parsed) != 1) {
    throw Error(Error::Code::invalid, "RTP: expected an IPv4 address like 192.0.2.1, got '" + ip + "'");
  }
  return {ntohl(parsed.s_addr), port};
}

bool RtpAddress::is_private() const {
  for (const Network& network : private_networks) {
    if (network.holds(ip)) return true;
  }
  return false;
}

std::string to_string(const RtpAddress& address) {
  const in_addr ip{htonl(address.ip)};
  char text[INET_ADDRSTRLEN];
  return std::string(inet_ntop(AF_INET, &ip, text, sizeof text)) + ":" + std::to_string(address.port);
}

}  // namespace vcsr::sip
