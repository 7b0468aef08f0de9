// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "drivers/sip/registrar.hpp"

namespace vcsr::sip {

/// Writes who is registered, in one step: the file before stays until the new one is whole. Throws
/// Error(unavailable) naming the file.
void save_registrations(const Registrar& registrar, const std::string& path);

/// Reads those that still hold; without a file there are none. Throws Error(invalid) naming the line of what
/// we have not written.
Registrar load_registrations(const std::string& path, std::size_t most_bindings, WallTime now);

}  // namespace vcsr::sip
