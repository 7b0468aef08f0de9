// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/ip_host.hpp"

#include <algorithm>
#include <optional>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "drivers/sip/sip_text.hpp"

namespace vcsr::sip {

namespace {

constexpr std::size_t interface_bytes = 8;  // of an IPv6 address, at its end

std::optional<in6_addr> read_ipv6(std::string_view text) {
  in6_addr address{};
  if (::inet_pton(AF_INET6, std::string(text).c_str(), &address) != 1) return {};
  return address;
}

}  // namespace

bool is_link_local(std::string_view address) {
  const std::optional<in6_addr> read = read_ipv6(address.substr(0, address.find('%')));
  return read && IN6_IS_ADDR_LINKLOCAL(&*read);
}

std::string bracketed(const std::string& host) {
  return host.find(':') == host.npos || host.starts_with('[') ? host : "[" + host + "]";
}

std::string_view unbracketed(std::string_view host) {
  return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

bool is_address(std::string_view host) { return ip_version(unbracketed(host)).has_value(); }

bool same_host(std::string_view a, std::string_view b) {
  if (equal_ignoring_case(a, b)) return true;
  const std::optional<in6_addr> one = read_ipv6(unbracketed(a)), other = read_ipv6(unbracketed(b));
  return one && other && IN6_ARE_ADDR_EQUAL(&*one, &*other);
}

std::string network_of(const std::string& text) {
  std::optional<in6_addr> address = read_ipv6(text);
  if (!address) return text;
  std::fill_n(address->s6_addr + sizeof address->s6_addr - interface_bytes, interface_bytes, std::uint8_t{0});
  char network[INET6_ADDRSTRLEN];
  return std::string(::inet_ntop(AF_INET6, &*address, network, sizeof network)) + "/64";
}

}  // namespace vcsr::sip
