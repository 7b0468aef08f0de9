// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/rtp/ip_version.hpp"

#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace vcsr::sip {

std::optional<IpVersion> ip_version(std::string_view address) {
  if (address.find('\0') != address.npos) return {};
  const std::string text(address);
  in6_addr read{};
  if (::inet_pton(AF_INET, text.c_str(), &read) == 1) return IpVersion::v4;
  if (::inet_pton(AF_INET6, text.c_str(), &read) == 1) return IpVersion::v6;
  return {};
}

}  // namespace vcsr::sip
