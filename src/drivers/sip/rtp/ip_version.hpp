// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vcsr::sip {

enum class IpVersion : std::uint8_t { v4, v6 };

/// Of "192.0.2.1" or "2001:db8::1"; empty for what is no address.
std::optional<IpVersion> ip_version(std::string_view address);

}  // namespace vcsr::sip
