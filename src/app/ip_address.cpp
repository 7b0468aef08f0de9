// SPDX-License-Identifier: Apache-2.0
#include "app/ip_address.hpp"

#include <arpa/inet.h>

namespace vcsr {

bool read_ip_address(TomlSection& section, std::string_view key, std::string& address, IpVersions versions) {
  in6_addr parsed{};
  if (!section.read(key, address)) return false;
  if (inet_pton(AF_INET, address.c_str(), &parsed) == 1) return true;
  if (versions == IpVersions::v4) section.wrong(key, "an IPv4 address of this machine such as \"127.0.0.1\"");
  else if (inet_pton(AF_INET6, address.c_str(), &parsed) != 1)
    section.wrong(key, "an IP address of this machine such as \"127.0.0.1\" or \"::1\"");
  else if (IN6_IS_ADDR_LINKLOCAL(&parsed))
    section.wrong(key, "no link-local address, which needs a zone that SIP cannot tell");
  else return true;
  return false;
}

}  // namespace vcsr
