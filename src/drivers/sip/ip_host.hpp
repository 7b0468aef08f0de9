// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "drivers/sip/rtp/ip_version.hpp"

namespace vcsr::sip {

/// "fe80::1", "fe80::1%eth0": means something else on every link.
bool is_link_local(std::string_view address);

/// A host as URIs and Via have it: "[2001:db8::1]", "192.0.2.1", "example.org".
std::string bracketed(const std::string& host);
/// The same backwards.
std::string_view unbracketed(std::string_view uri_host);
/// The host of a URI is no name that has to be looked up.
bool is_address(std::string_view uri_host);
/// However they are written: "[::1]" and "[0:0::1]", "Example.org" and "example.org".
bool same_host(std::string_view a, std::string_view b);

/// What stands for one subscriber: an IPv6 host has as many addresses as it likes in its /64.
std::string network_of(const std::string& address);

}  // namespace vcsr::sip
