// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vcsr/base/secret.hpp"

namespace vcsr::recording {

/// A new file of mode 0600 with this content, folders above it too, never over a file that exists; it is
/// on the disk when this returns. Throws Error(unavailable).
void create_private_file(const std::string& path, const Secret& content);
void create_private_file(const std::string& path, std::span<const std::uint8_t> content);

}  // namespace vcsr::recording
