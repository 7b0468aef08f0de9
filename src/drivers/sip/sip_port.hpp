// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/sip/ip_host.hpp"

namespace vcsr::sip {

/// Sees that UDP and TCP are free at the port, or finds one where they are when it is 0. Throws
/// Error(unavailable) naming address, port and reason.
std::uint16_t free_sip_port(const std::string& address, std::uint16_t port);

/// The same of TCP alone.
std::uint16_t free_tls_port(const std::string& address, std::uint16_t port);

/// The addresses of a host that are of this version, as a URI has them; then those of the other where that is
/// wished. Blocks.
std::vector<std::string> addresses_of(const std::string& host, IpVersion version, bool other);

}  // namespace vcsr::sip
