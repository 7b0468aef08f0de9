// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace vcsr::sip {

/// Sees that UDP and TCP are free at the port, or finds one where they are when it is 0. Throws
/// Error(unavailable) naming address, port and reason.
std::uint16_t free_sip_port(const std::string& address, std::uint16_t port);

/// The same of TCP alone.
std::uint16_t free_tls_port(const std::string& address, std::uint16_t port);

/// The first IPv4 address of a host, "" when it has none. Blocks.
std::string resolve_ipv4(const std::string& host);

}  // namespace vcsr::sip
