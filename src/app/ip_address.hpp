// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/toml_section.hpp"

namespace vcsr {

/// Which addresses of this machine a key takes.
enum class IpVersions { v4, both };

/// Reads an IP address of this machine; a fault where it is none, or a link-local one. True when it can be
/// taken.
bool read_ip_address(TomlSection& section, std::string_view key, std::string& address,
                     IpVersions versions = IpVersions::v4);

}  // namespace vcsr
