// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/rtp_address.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

struct Network {
  RtpAddress::Words ip;
  unsigned bits;

  bool holds(const RtpAddress::Words& other) const {
    for (unsigned word = 0, left = bits; left > 0; ++word) {
      const unsigned here = std::min(left, 32u);
      if ((ip[word] ^ other[word]) >> (32 - here) != 0) return false;
      left -= here;
    }
    return true;
  }
};

constexpr Network ipv4(std::uint32_t ip, unsigned bits) { return {RtpAddress::mapped(ip), 96 + bits}; }

// RFC 1918, 6598 (carriers' translators), 3927, 1122; RFC 4193, 4291.
constexpr Network private_networks[] = {
    ipv4(0x0a000000, 8),        ipv4(0xac100000, 12),        ipv4(0xc0a80000, 16),
    ipv4(0x64400000, 10),       ipv4(0xa9fe0000, 16),        ipv4(0x7f000000, 8),
    {{0xfc000000, 0, 0, 0}, 7}, {{0xfe800000, 0, 0, 0}, 10}, {{0, 0, 0, 1}, 128}};

}  // namespace

RtpAddress RtpAddress::parse(const std::string& ip, std::uint16_t port) {
  in_addr ipv4{};
  if (inet_pton(AF_INET, ip.c_str(), &ipv4) == 1) return {mapped(ntohl(ipv4.s_addr)), port};
  Words words;
  if (inet_pton(AF_INET6, ip.c_str(), words.data()) != 1) {
    throw Error(Error::Code::invalid,
                "RTP: expected an IP address like 192.0.2.1 or 2001:db8::1, got '" + ip + "'");
  }
  for (std::uint32_t& word : words) word = ntohl(word);
  return {words, port};
}

bool RtpAddress::is_private() const {
  return std::any_of(std::begin(private_networks), std::end(private_networks),
                     [this](const Network& network) { return network.holds(ip); });
}

std::string host_text(const RtpAddress& address) {
  char text[INET6_ADDRSTRLEN];
  RtpAddress::Words words = address.ip;
  for (std::uint32_t& word : words) word = htonl(word);
  if (address.version() == IpVersion::v4) return inet_ntop(AF_INET, &words[3], text, sizeof text);
  return inet_ntop(AF_INET6, words.data(), text, sizeof text);
}

std::string to_string(const RtpAddress& address) {
  const bool v6 = address.version() == IpVersion::v6;
  return (v6 ? "[" : "") + host_text(address) + (v6 ? "]:" : ":") + std::to_string(address.port);
}

}  // namespace vcsr::sip
